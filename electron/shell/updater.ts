import type { App } from 'electron';
import type { AppUpdater, CancellationToken } from 'electron-updater';
import type { Log } from '../core/log.ts';
import type { Updater, UpdateWay } from '../core/updates/updater.ts';
import { updateFailure } from './update-failure.ts';
import { updateOwner } from './update-owner.ts';
import type { Place } from './update-owner.ts';

/** electron-updater as far as it is used. */
export interface ElectronUpdater {
  readonly autoUpdater: Pick<
    AppUpdater,
    | 'autoDownload'
    | 'autoInstallOnAppQuit'
    | 'allowDowngrade'
    | 'logger'
    | 'requestHeaders'
    | 'checkForUpdates'
    | 'downloadUpdate'
    | 'quitAndInstall'
    | 'on'
    | 'off'
  >;
  readonly CancellationToken: new () => CancellationToken;
}

export interface UpdaterNeeds {
  readonly app: Pick<App, 'releaseSingleInstanceLock'>;
  readonly log: Log;
  /** Loads electron-updater, which asks Electron for the app at once: not before it is needed. */
  readonly load: () => Promise<ElectronUpdater>;
  /** Quits; what is given runs last, once everything has stopped, and ends the process. */
  readonly quitWith: (last: () => void) => void;
}

/** How this copy is updated, by where it is. */
export function updateWay(place: Place, needs: UpdaterNeeds): UpdateWay {
  const why = updateOwner(place);
  return why === null ? { updater: electronUpdater(needs) } : { updater: null, why };
}

/** electron-updater behind our port: it downloads and installs only what it is told to. */
export function electronUpdater({ app, log, load, quitWith }: UpdaterNeeds): Updater {
  let module: ElectronUpdater | null = null;

  async function loaded(): Promise<ElectronUpdater> {
    if (module) return module;
    const fresh = await load();
    prepare(fresh.autoUpdater, log);
    module = fresh;
    return fresh;
  }

  async function inWords<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      log.info(`updates: ${firstLine(error)}`);
      throw new Error(updateFailure(error), { cause: error });
    }
  }

  return {
    check: () =>
      inWords(async () => {
        const { autoUpdater } = await loaded();
        const answer = await autoUpdater.checkForUpdates();
        if (answer === null) throw new Error('electron-updater is not active in this copy');
        return answer.isUpdateAvailable ? answer.updateInfo.version : null;
      }),
    download: (onPercent, signal) =>
      inWords(async () => {
        const { autoUpdater, CancellationToken: Token } = await loaded();
        const token = new Token();
        const cancel = (): void => token.cancel();
        const onProgress = ({ percent }: { percent: number }): void => onPercent(percent);
        autoUpdater.on('download-progress', onProgress);
        signal.addEventListener('abort', cancel);
        try {
          signal.throwIfAborted();
          await autoUpdater.downloadUpdate(token);
        } finally {
          signal.removeEventListener('abort', cancel);
          autoUpdater.off('download-progress', onProgress);
        }
      }),
    install() {
      quitWith(() => {
        // The new copy is started before this one has gone, and must not take it for the one that runs.
        app.releaseSingleInstanceLock();
        module?.autoUpdater.quitAndInstall(true, true);
      });
    },
  };
}

function prepare(autoUpdater: ElectronUpdater['autoUpdater'], log: Log): void {
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.allowDowngrade = false;
  // By itself it sends an id of this installation with each request. Nobody needs to be counted.
  autoUpdater.requestHeaders = { 'x-user-staging-id': 'none' };
  // Its failures are told where somebody asks; an emitter without a listener would throw them.
  autoUpdater.on('error', () => {});
  const write = (line: unknown): void => log.info(`updates: ${firstLine(line)}`);
  autoUpdater.logger = {
    info: write,
    warn: write,
    error: write,
    debug: (line) => log.debug(`updates: ${firstLine(line)}`),
  };
}

/** Below it are stacks and headers. */
function firstLine(line: unknown): string {
  return String(line instanceof Error ? line.message : line).split('\n', 1)[0] ?? '';
}
