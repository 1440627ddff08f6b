import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { crashWindow, logLostProcesses, recoverPage } from '../../../electron/shell/crash.ts';
import { errorPageOf } from '../../../electron/shell/identity.ts';
import { WebContentsStub } from '../../support/electron-stub/browser-window.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const entry = 'app://cachedeck/';

async function page() {
  const contents = new WebContentsStub();
  const clock = new FakeClock();
  const { log, lines } = recordingLog();
  const told: string[] = [];
  const recovery = recoverPage({
    contents: contents as never,
    clock,
    log,
    tell: (title, text) => told.push(`${title}: ${text}`),
  });
  await contents.loadURL(entry);
  const lose = async (reason = 'oom', exitCode = 9): Promise<void> => {
    contents.emit('render-process-gone', {}, { reason, exitCode });
    await clock.advance(0);
  };
  const failLoad = async (code: number, url = entry, isMainFrame = true): Promise<void> => {
    contents.emit('did-fail-load', {}, code, 'ERR_FAILED', url, isMainFrame);
    await clock.advance(0);
  };
  return { contents, clock, lines, told, recovery, lose, failLoad };
}

describe('a page whose process is gone', () => {
  it('is reloaded once', async () => {
    const { contents, recovery, lose, lines } = await page();
    await lose();
    expect(contents.reloads).toBe(1);
    expect(contents.getURL()).toBe(entry);
    expect(recovery.fault).toBeNull();
    expect(lines).toEqual(['error: page: its process is gone (oom, exit code 9)']);
  });

  it('gives way to the error page when it happens again within ten minutes', async () => {
    const { contents, clock, recovery, lose } = await page();
    await lose();
    await clock.advance(crashWindow - 1);
    await lose('crashed', 5);
    expect(contents.reloads).toBe(1);
    expect(contents.getURL()).toBe(errorPageOf(contents.id));
    expect(recovery.fault).toEqual({
      title: 'The page stopped working',
      text: expect.stringMatching(/^Its process crashed, for the second time within ten minutes\./) as string,
      facts: [
        ['Reason', 'crashed'],
        ['Exit code', '5'],
      ],
    });
  });

  it('is reloaded again when ten minutes have passed: the count starts anew', async () => {
    const { contents, clock, lose } = await page();
    await lose();
    await clock.advance(crashWindow);
    await lose();
    expect(contents.reloads).toBe(2);
    expect(contents.getURL()).toBe(entry);
  });

  it('counts sleep as time', async () => {
    const { contents, clock, lose } = await page();
    await lose();
    clock.jumpWall(crashWindow);
    await lose();
    expect(contents.reloads).toBe(2);
  });

  it('has no fault once it is open again', async () => {
    const { contents, recovery, lose } = await page();
    await lose();
    await lose();
    expect(recovery.fault).not.toBeNull();
    await contents.loadURL(entry);
    expect(recovery.fault).toBeNull();
  });

  it('is not brought back when it ended as it should, or its window is closed', async () => {
    const { contents, clock, lose, lines } = await page();
    await lose('clean-exit', 0);
    expect([contents.reloads, lines]).toEqual([0, []]);
    contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    contents.destroyed = true;
    await clock.advance(0);
    expect(contents.reloads).toBe(0);
  });

  it('is told natively when the error page is lost too, and nothing is tried again', async () => {
    const { contents, lose, told } = await page();
    await lose();
    await lose();
    await lose('launch-failed', 1);
    expect(told).toEqual([expect.stringMatching(/^The page stopped working: /)]);
    expect(contents.reloads).toBe(1);
  });

  it('is told natively when the error page cannot be loaded', async () => {
    const { contents, lose, told, lines } = await page();
    await lose();
    contents.loadError = new Error('ERR_UNEXPECTED');
    await lose();
    expect(told).toHaveLength(1);
    expect(lines.at(-1)).toBe('error: page: the error page failed too (ERR_UNEXPECTED)');
  });

  it('is not counted when somebody asked for a restart', async () => {
    const { contents, recovery, lose, lines } = await page();
    recovery.restart();
    expect([contents.killed, contents.reloads]).toEqual([1, 1]);
    expect(lines).toEqual([]);
    await lose();
    expect(contents.reloads).toBe(2);
    expect(contents.getURL()).toBe(entry);
  });

  it('is told apart from helpers, which come back by themselves', () => {
    const app = new EventEmitter();
    const { log, lines } = recordingLog();
    logLostProcesses(app as never, log);
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit' });
    expect(lines).toEqual(['warn: electron: GPU process is gone (crashed)']);
  });
});

describe('a page that cannot be loaded', () => {
  it('gives way to the error page with the reason', async () => {
    const { contents, recovery, failLoad } = await page();
    await failLoad(-102);
    expect(contents.getURL()).toBe(errorPageOf(contents.id));
    expect(recovery.fault?.title).toBe('The page could not be loaded');
    expect(recovery.fault?.facts).toEqual([['Reason', 'ERR_FAILED (-102)']]);
  });

  it('is told once, however often it is reported', async () => {
    const { clock, recovery, contents, lines } = await page();
    contents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', entry, true);
    recovery.failedToLoad('ERR_FILE_NOT_FOUND');
    await clock.advance(0);
    expect(lines).toHaveLength(1);
    expect(recovery.fault?.facts).toEqual([['Reason', 'ERR_FILE_NOT_FOUND (-6)']]);
  });

  it('is not one whose load another replaced, nor a frame, nor the error page', async () => {
    const { contents, failLoad, lines } = await page();
    await failLoad(-3);
    await failLoad(-102, entry, false);
    await failLoad(-102, errorPageOf(contents.id));
    expect(contents.getURL()).toBe(entry);
    expect(lines).toEqual([]);
  });
});
