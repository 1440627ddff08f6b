import type { MessageBoxOptions } from 'electron';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { patience, watchUnresponsive } from '../../../electron/shell/unresponsive.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

function watched() {
  const contents = new EventEmitter();
  const clock = new FakeClock();
  const { log, lines } = recordingLog();
  const asked: { options: MessageBoxOptions; answer: (response: number) => void }[] = [];
  let restarts = 0;
  watchUnresponsive({
    contents: contents as never,
    clock,
    log,
    ask: (options) =>
      new Promise((resolve) => {
        asked.push({ options, answer: (response) => resolve({ response }) });
        options.signal?.addEventListener('abort', () => resolve({ response: 0 }));
      }),
    restart: () => (restarts += 1),
  });
  return { contents, clock, lines, asked, restarts: () => restarts };
}

describe('a page that does not respond', () => {
  it('is asked about after half a minute and logged at once', async () => {
    const { contents, clock, asked, lines } = watched();
    contents.emit('unresponsive');
    contents.emit('unresponsive');
    await clock.advance(patience - 1);
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(asked.map(({ options }) => options.buttons)).toEqual([['Wait', 'Reload']]);
    expect(lines).toEqual(['warn: page: does not respond']);
  });

  it('is reloaded when the person says so', async () => {
    const { contents, clock, asked, restarts } = watched();
    contents.emit('unresponsive');
    await clock.advance(patience);
    asked[0]?.answer(1);
    await settle();
    expect(restarts()).toBe(1);
    await clock.advance(patience * 2);
    expect(asked).toHaveLength(1);
  });

  it('is waited for once more when they say that', async () => {
    const { contents, clock, asked, restarts } = watched();
    contents.emit('unresponsive');
    await clock.advance(patience);
    asked[0]?.answer(0);
    await clock.advance(patience);
    expect(asked).toHaveLength(2);
    expect(restarts()).toBe(0);
  });

  it('is not asked about when it responds in time, and the question goes when it does later', async () => {
    const { contents, clock, asked } = watched();
    contents.emit('unresponsive');
    await clock.advance(patience - 1);
    contents.emit('responsive');
    await clock.advance(patience);
    expect(asked).toEqual([]);
    contents.emit('unresponsive');
    await clock.advance(patience);
    contents.emit('responsive');
    await settle();
    expect(asked[0]?.options.signal?.aborted).toBe(true);
    await clock.advance(patience * 2);
    expect(asked).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('is not asked about once its process is gone', async () => {
    const { contents, clock, asked } = watched();
    contents.emit('unresponsive');
    contents.emit('render-process-gone');
    await clock.advance(patience);
    expect(asked).toEqual([]);
  });
});
