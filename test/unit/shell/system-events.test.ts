import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { describe, expect, it } from 'vitest';
import { cancelDownloads } from '../../../electron/shell/downloads.ts';
import { createFailure } from '../../../electron/shell/failure.ts';
import { followPower, followSessionEnd, followShutdown } from '../../../electron/shell/power.ts';
import { preventable } from '../../support/electron-stub/app.ts';
import { PowerMonitorStub } from '../../support/electron-stub/desktop.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingAppLog, recordingLog } from '../../support/recording-log.ts';

function powered() {
  const monitor = new PowerMonitorStub();
  const clock = new FakeClock();
  const heard: string[] = [];
  const core = {
    suspend: () => void heard.push('suspend'),
    resume: () => void heard.push('resume'),
    setOnBattery: (on: boolean) => void heard.push(on ? 'on battery' : 'on mains'),
  };
  const stop = followPower(monitor as unknown as PowerMonitor, core, clock);
  return { monitor, heard, clock, stop };
}

describe('power', () => {
  it('tells the core when the machine sleeps and wakes', () => {
    const { monitor, heard } = powered();
    heard.length = 0;
    monitor.emit('suspend');
    monitor.emit('resume');
    expect(heard).toEqual(['suspend', 'on mains', 'resume']);
  });

  it('tells the core at once and at each change whether it runs on battery', () => {
    const { monitor, heard } = powered();
    monitor.emit('on-battery');
    monitor.emit('on-ac');
    expect(heard).toEqual(['on mains', 'on battery', 'on mains']);
  });

  it('looks each minute and after a sleep, for systems that do not tell', async () => {
    const { monitor, heard, clock, stop } = powered();
    monitor.onBattery = true;
    await clock.advance(60_000);
    monitor.onBattery = false;
    monitor.emit('resume');
    expect(heard).toEqual(['on mains', 'on battery', 'on mains', 'resume']);
    stop();
    expect(clock.pending).toBe(0);
  });

  it('ends the app when the system ends, as Linux and macOS or as Windows say it', () => {
    const monitor = new EventEmitter();
    const window = new EventEmitter();
    let quits = 0;
    followShutdown(monitor as never, () => (quits += 1));
    followSessionEnd(window as never, () => (quits += 1));
    monitor.emit('shutdown');
    window.emit('session-end', { reasons: ['shutdown'] });
    expect(quits).toBe(2);
  });
});

describe('an error that ends the app', () => {
  function failing(isPackaged: boolean) {
    const { log, lines } = recordingAppLog();
    const exits: (number | undefined)[] = [];
    const boxes: string[] = [];
    const failure = createFailure({
      app: { isPackaged, exit: (code) => exits.push(code) },
      dialog: { showErrorBox: (title, text) => boxes.push(`${title}: ${text}`) },
      clean: (text) => text.replaceAll('hunter2', '***'),
      log: { ...log, writeThrough: () => lines.push('(straight to the file)') },
    });
    return { failure, lines, exits, boxes };
  }

  it('is logged at once and gives exit code 1, once', () => {
    const { failure, lines, exits, boxes } = failing(false);
    failure.couldNotStart(new Error('CACHEDECK_PROFILE names no profile.'));
    failure.crashed(new Error('while ending'));
    expect(lines).toEqual(['(straight to the file)', 'error: CACHEDECK_PROFILE names no profile.']);
    expect(exits).toEqual([1]);
    expect(boxes).toEqual([]);
  });

  it('that nobody handled is logged with its stack', () => {
    const { failure, lines } = failing(false);
    failure.crashed(new Error('a mistake'));
    expect(lines[0]).toBe('(straight to the file)');
    expect(lines[1]).toMatch(/^error: Cachedeck stopped because of an error: Error: a mistake\n +at /);
  });

  it('is shown to a person who has no terminal', () => {
    const { failure, boxes } = failing(true);
    failure.couldNotStart({ not: 'an error' });
    expect(boxes).toEqual(['Cachedeck could not start: No reason was given.']);
  });

  it('is shown without secrets', () => {
    const { failure, boxes } = failing(true);
    failure.crashed(new Error('no host me:hunter2@host'));
    expect(boxes).toEqual(['Cachedeck stopped because of an error: no host me:***@host']);
  });
});

describe('a download of the page', () => {
  it('is cancelled', () => {
    const session = new EventEmitter();
    const { log, lines } = recordingLog();
    cancelDownloads(session as never, log);
    const event = preventable({});
    session.emit('will-download', event);
    expect(event.defaultPrevented).toBe(true);
    expect(lines).toEqual(['warn: page: a download was refused']);
  });
});
