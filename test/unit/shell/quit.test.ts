import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopBeforeQuit } from '../../../electron/shell/quit.ts';
import { preventable } from '../../support/electron-stub/app.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

/** Electron's app as far as quitting goes. */
class App extends EventEmitter {
  readonly exits: number[] = [];
  quits = 0;
  quit(): void {
    this.quits += 1;
    this.ask();
  }
  exit(code = 0): void {
    this.exits.push(code);
  }
  ask(): boolean {
    this.emit('before-quit', {});
    const event = preventable({});
    this.emit('will-quit', event);
    return event.defaultPrevented;
  }
}

function quitting(stop: () => Promise<void>) {
  const app = new App();
  const clock = new FakeClock();
  const errors: string[] = [];
  const ending = stopBeforeQuit(app as never, clock, stop, (why) => errors.push(why));
  return { app, clock, errors, ending };
}

describe('quitting', () => {
  it('waits for the parts to stop, once, then ends', async () => {
    let stops = 0;
    const { app, ending } = quitting(async () => void (stops += 1));
    expect(ending.quitting).toBe(false);
    expect(app.ask()).toBe(true);
    app.ask();
    expect(ending.quitting).toBe(true);
    await settle();
    expect(stops).toBe(1);
    expect(app.exits[0]).toBe(0);
  });

  it('does not wait for parts that hang', async () => {
    const { app, clock } = quitting(() => new Promise(() => {}));
    app.ask();
    await clock.advance(799);
    expect(app.exits).toEqual([]);
    await clock.advance(1);
    expect(app.exits).toEqual([0]);
  });

  it('reports parts that fail, and ends', async () => {
    const { app, errors } = quitting(() => Promise.reject(new Error('stuck')));
    app.ask();
    await settle();
    expect(errors).toEqual(['stuck']);
    expect(app.exits).toEqual([0]);
  });

  it('lets what comes last end the process, after the parts have stopped', async () => {
    const order: string[] = [];
    const { app, clock, ending } = quitting(async () => void order.push('parts'));
    ending.quitWith(() => {
      order.push('last');
      order.push(app.ask() ? 'held back' : 'let go');
    });
    expect(ending.quitting).toBe(true);
    await settle();
    expect(order).toEqual(['parts', 'last', 'let go']);
    await clock.advance(4999);
    expect([app.quits, app.exits]).toEqual([1, []]);
    await clock.advance(1);
    expect(app.exits).toEqual([0]);
  });

  it('runs what comes last once, also when the parts hang', async () => {
    let lasts = 0;
    const stopped = Promise.withResolvers<void>();
    const { clock, ending } = quitting(() => stopped.promise);
    ending.quitWith(() => void (lasts += 1));
    await clock.advance(800);
    stopped.resolve();
    await settle();
    expect(lasts).toBe(1);
  });
});
