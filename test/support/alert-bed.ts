import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import type { AlertMessage, AlertRecord, AlertsState } from '../../shared/contract/alerts.ts';
import { startCoreOnScript } from './core-on-script.ts';
import type { CoreOnScript } from './core-on-script.ts';
import { FakeClock } from './fake-clock.ts';
import { status, totals, vpnOf } from './page-world.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** The backend answers, but not with what was asked for. */
export const refusal = new SourceError('server-error', 'It failed.');
/** Nothing answers. */
export const outage = new SourceError('unreachable', 'Connection refused.');

type Options = NonNullable<Parameters<typeof startCoreOnScript>[0]>['options'];

/** The whole core with the thresholds of a real profile, on the test's clock and real files, one run after the other. */
export class AlertBed {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-alerts-'));
  readonly clock = new FakeClock(Date.UTC(2026, 10, 21, 8));
  /** Of all runs, in order. */
  readonly messages: AlertMessage[] = [];
  online = true;
  url = 'https://lab.test:8000/';
  readonly #folders = [this.folder];
  readonly #running: CoreOnScript[] = [];
  #app: CoreOnScript | null = null;

  get app(): CoreOnScript {
    if (!this.#app) throw new Error('It is not running.');
    return this.#app;
  }

  async start(options: Options = {}): Promise<void> {
    this.#app = await startCoreOnScript({
      clock: this.clock,
      backend: { url: this.url },
      options: {
        dataFolder: this.folder,
        environment: { CACHEDECK_ORCHESTRATOR_URL: this.url, CACHEDECK_TIME_ZONE: 'UTC' },
        online: () => this.online,
        ...options,
      },
    });
    this.#running.push(this.#app);
    const { script, core } = this.#app;
    script.values = {
      engineTotals: () => ({ ...totals, networkRxBytes: this.clock.wall() }),
      orchestratorStatus: { ...status, engines: { ...status.engines, unhealthy: 0 } },
      vpnStatus: vpnOf(),
    };
    core.onMessage((message) => this.messages.push(message));
  }

  /** Ends this run as quitting does. */
  async stop(): Promise<void> {
    await this.app.core.stop();
    this.#running.splice(this.#running.indexOf(this.app), 1);
    this.#app = null;
  }

  /** Ends this run as pulling the plug does: the next one finds what was on disk at this moment. */
  async kill(): Promise<void> {
    const found = mkdtempSync(join(tmpdir(), 'cachedeck-alerts-'));
    this.#folders.push(found);
    // The lock is held by this very process.
    cpSync(this.folder, found, { recursive: true, filter: (path) => !path.endsWith('lock.db') });
    await this.stop();
    this.folder = found;
  }

  /** Lets time pass second by second; `each`: what else happens in every one. */
  async run(ms: number, each: () => void = () => {}): Promise<void> {
    for (let passed = 0; passed < ms; passed += second) {
      each();
      await this.clock.advance(second);
    }
  }

  /** Sleep: the wall clock goes on, the other stands still, and no timer runs. */
  sleep(ms: number): void {
    this.clock.jumpWall(ms);
  }

  get state(): AlertsState {
    let state: AlertsState | null = null;
    this.app.client.subscribe('alerts.state', (value) => (state = value))();
    if (!state) throw new Error('Nothing was told.');
    return state;
  }

  /** Newest first. */
  async history(): Promise<AlertRecord[]> {
    return (await this.app.client.call('alerts.history', { before: null, limit: 200 })).records;
  }

  /** `<seconds since `from`> <kind> <title>` of each message. */
  told(from: number): string[] {
    return this.messages.map(({ at, kind, title }) => `${Math.round((at - from) / second)} ${kind} ${title}`);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#running.map(({ core }) => core.stop()));
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
