import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cancelDownloads } from '../../../electron/shell/downloads.ts';
import { createFailure } from '../../../electron/shell/failure.ts';
import { followPower, followShutdown } from '../../../electron/shell/power.ts';
import { preventable } from '../../support/electron-stub/app.ts';
import { recordingLog } from '../../support/recording-log.ts';

describe('power', () => {
  it('tells the core when the machine sleeps and wakes', () => {
    const monitor = new EventEmitter();
    const heard: string[] = [];
    followPower(monitor as never, {
      suspend: () => heard.push('suspend'),
      resume: () => heard.push('resume'),
    });
    monitor.emit('suspend');
    monitor.emit('resume');
    expect(heard).toEqual(['suspend', 'resume']);
  });

  it('ends the app when the system ends, as Linux and macOS or as Windows say it', () => {
    const monitor = new EventEmitter();
    const window = new EventEmitter();
    let quits = 0;
    followShutdown(monitor as never, window as never, () => (quits += 1));
    monitor.emit('shutdown');
    window.emit('session-end', { reasons: ['shutdown'] });
    expect(quits).toBe(2);
  });
});

describe('an error that nobody handled', () => {
  function failing(isPackaged: boolean) {
    const { log, lines } = recordingLog();
    const exits: (number | undefined)[] = [];
    const boxes: string[] = [];
    const fail = createFailure({
      app: { isPackaged, exit: (code) => exits.push(code) },
      dialog: { showErrorBox: (title, text) => boxes.push(`${title}: ${text}`) },
      log,
    });
    return { fail, lines, exits, boxes };
  }

  it('is logged and ends the app with exit code 1, once', () => {
    const { fail, lines, exits, boxes } = failing(false);
    fail('could not start', new Error('no port'));
    fail('stopped because of an error', new Error('while ending'));
    expect(lines).toEqual(['error: could not start: no port']);
    expect(exits).toEqual([1]);
    expect(boxes).toEqual([]);
  });

  it('is shown to a person who has no terminal', () => {
    const { fail, boxes } = failing(true);
    fail('could not start', { not: 'an error' });
    expect(boxes).toEqual(['Cachedeck could not start: no reason given']);
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
