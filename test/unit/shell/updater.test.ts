import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { electronUpdater, updateWay } from '../../../electron/shell/updater.ts';
import type { ElectronUpdater } from '../../../electron/shell/updater.ts';
import { updateFailure } from '../../../electron/shell/update-failure.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingAppLog } from '../../support/recording-log.ts';

class Token {
  cancelled = false;
  cancel(): void {
    this.cancelled = true;
  }
}

type CheckAnswer = { isUpdateAvailable: boolean; updateInfo: { version: string } } | null;

/** electron-updater's emitter as far as our wrapper uses it, with its own defaults. */
class AutoUpdater extends EventEmitter {
  autoDownload = true;
  autoInstallOnAppQuit = false;
  allowDowngrade = true;
  logger: { info(line: unknown): void; error(line: unknown): void } | null = null;
  requestHeaders: unknown = null;
  readonly calls: string[] = [];
  answer: CheckAnswer | Error = null;
  token: Token | null = null;
  readonly download = Promise.withResolvers<string[]>();

  checkForUpdates(): Promise<CheckAnswer> {
    this.calls.push('check');
    if (!(this.answer instanceof Error)) return Promise.resolve(this.answer);
    this.emit('error', this.answer);
    return Promise.reject(this.answer);
  }

  downloadUpdate(token: Token): Promise<string[]> {
    this.calls.push('download');
    this.token = token;
    return this.download.promise;
  }

  quitAndInstall(silent: boolean, restart: boolean): void {
    this.calls.push(`install ${silent ? 'silently' : 'with its window'}${restart ? ', then start' : ''}`);
  }
}

function wrapped() {
  const auto = new AutoUpdater();
  const { log, lines } = recordingAppLog();
  const last: (() => void)[] = [];
  const loads = { count: 0, failure: null as Error | null };
  const updater = electronUpdater({
    app: { releaseSingleInstanceLock: () => void auto.calls.push('release the lock') },
    log,
    load: async () => {
      loads.count += 1;
      await Promise.resolve();
      if (loads.failure) throw loads.failure;
      return { autoUpdater: auto, CancellationToken: Token } as unknown as ElectronUpdater;
    },
    quitWith: (task) => last.push(task),
  });
  return { auto, lines, last, loads, updater };
}

const newer: CheckAnswer = { isUpdateAvailable: true, updateInfo: { version: '1.2.0' } };

describe('electron-updater behind our port', () => {
  it('is loaded when it is first needed, once, and told to do nothing by itself', async () => {
    const { auto, loads, updater } = wrapped();
    expect(loads.count).toBe(0);
    auto.answer = newer;
    expect(await updater.check()).toBe('1.2.0');
    expect(await updater.check()).toBe('1.2.0');
    expect(loads.count).toBe(1);
    expect(auto).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: true, allowDowngrade: false });
    expect(auto.calls).toEqual(['check', 'check']);
  });

  it('sends no id of this installation', async () => {
    const { auto, updater } = wrapped();
    auto.answer = newer;
    await updater.check();
    expect(auto.requestHeaders).toEqual({ 'x-user-staging-id': 'none' });
  });

  it('finds nothing where the newest is not newer', async () => {
    const { auto, updater } = wrapped();
    auto.answer = { isUpdateAvailable: false, updateInfo: { version: '0.0.9' } };
    expect(await updater.check()).toBeNull();
  });

  it('claims nothing where electron-updater does not look', async () => {
    const { updater } = wrapped();
    await expect(updater.check()).rejects.toThrow('It failed; the log says why.');
  });

  it('says a failure in a sentence; the log has its first line, below what the console shows', async () => {
    const { auto, lines, updater } = wrapped();
    auto.answer = Object.assign(new Error('503 busy\nHeaders: {"set-cookie":"session=1"}'), {
      code: 'HTTP_ERROR_503',
    });
    await expect(updater.check()).rejects.toThrow('The update server answered with an error (503).');
    auto.logger?.error('Error: 503 busy\n    at doApiRequest');
    expect(lines).toEqual(['info: updates: 503 busy', 'info: updates: Error: 503 busy']);
  });

  it('is loaded anew after it could not be', async () => {
    const { auto, loads, updater } = wrapped();
    loads.failure = new Error('broken');
    await expect(updater.check()).rejects.toThrow('It failed; the log says why.');
    loads.failure = null;
    auto.answer = newer;
    expect(await updater.check()).toBe('1.2.0');
  });

  it('downloads when told to, tells how far it is, and listens no longer than that', async () => {
    const { auto, updater } = wrapped();
    const percents: number[] = [];
    const done = updater.download((percent) => percents.push(percent), new AbortController().signal);
    await settle();
    auto.emit('download-progress', { percent: 40 });
    auto.download.resolve(['/tmp/Cachedeck.AppImage']);
    await done;
    auto.emit('download-progress', { percent: 50 });
    expect(percents).toEqual([40]);
    expect(auto.listenerCount('download-progress')).toBe(0);
  });

  it('gives a download up', async () => {
    const { auto, updater } = wrapped();
    const giveUp = new AbortController();
    const done = updater.download(() => {}, giveUp.signal);
    await settle();
    giveUp.abort();
    expect(auto.token?.cancelled).toBe(true);
    auto.download.reject(new Error('cancelled'));
    await expect(done).rejects.toThrow('It failed; the log says why.');
  });

  it('begins none that was given up before', async () => {
    const { auto, updater } = wrapped();
    await expect(updater.download(() => {}, AbortSignal.abort())).rejects.toThrow('It failed');
    expect(auto.calls).toEqual([]);
  });

  it('installs last of all, once the lock is free for the copy that comes', async () => {
    const { auto, last, updater } = wrapped();
    auto.answer = newer;
    await updater.check();
    updater.install();
    expect(auto.calls).toEqual(['check']);
    for (const task of last) task();
    expect(auto.calls).toEqual(['check', 'release the lock', 'install silently, then start']);
  });
});

describe('the way of updates', () => {
  it('is nobody’s but the owner’s, whose copy loads no updater', () => {
    const place = {
      platform: 'linux' as const,
      packaged: false,
      environment: {},
      executable: '/usr/bin/electron',
      packageType: null,
      hasSource: false,
      windowsStore: false,
      mac: { inApplications: false, signed: false, cask: false },
    };
    const never = (): never => {
      throw new Error('not here');
    };
    const { log } = recordingAppLog();
    const way = updateWay(place, {
      app: { releaseSingleInstanceLock: never },
      log,
      load: never,
      quitWith: never,
    });
    expect(way).toEqual({
      updater: null,
      why: 'This copy was started from its source: update it there.',
    });
  });
});

describe('a failure of electron-updater', () => {
  const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });
  it.each([
    [failure('x', 'HTTP_ERROR_404'), 'The update server answered with an error (404).'],
    [
      failure('net::ERR_NAME_NOT_RESOLVED'),
      'The update server could not be reached (ERR_NAME_NOT_RESOLVED).',
    ],
    [failure('connect', 'ECONNREFUSED'), 'The update server could not be reached (ECONNREFUSED).'],
    [
      failure('x', 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'),
      'The update server has no list of versions for this system.',
    ],
    [failure('x', 'ERR_UPDATER_INVALID_UPDATE_INFO'), 'The update server’s list of versions cannot be read.'],
    [
      failure('x', 'ERR_CHECKSUM_MISMATCH'),
      'The download is damaged: its checksum is not the published one. It was thrown away.',
    ],
    [
      failure('x', 'ERR_UPDATER_INVALID_SIGNATURE'),
      'The download is not signed by who signed this copy. It was thrown away.',
    ],
    [failure('x', 'ENOSPC'), 'The disk is full.'],
    [failure('x', 'EACCES'), 'This account may not write where the download belongs.'],
    [failure('x', 'EPERM'), 'This account may not write where the download belongs.'],
    [failure('secret=1\n at stack'), 'It failed; the log says why.'],
    ['a text', 'It failed; the log says why.'],
  ])('%s is told as a sentence', (error, sentence) => {
    expect(updateFailure(error)).toBe(sentence);
  });
});
