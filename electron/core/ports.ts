import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { AppInfo, TrayModel } from '../../shared/contract/app.ts';
import type { DeliveryOutcome, PauseMinutes, SnoozeChoice } from '../../shared/model/alerts.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import type { TtlCache } from './cache/ttl-cache.ts';
import type { Clock } from './clock.ts';
import type { ControlService, OpenControl } from './control/control-service.ts';
import type { KeyStore } from './control/keys.ts';
import type { ControlApi } from './control/types.ts';
import type { Feed } from './feed.ts';
import type { Usage } from './footprint/footprint.ts';
import type { AppLog } from './logs/log-file.ts';
import type { Redactor } from './logs/redact.ts';
import type { Router } from './router.ts';
import type { SecretBox } from './secrets/secret-store.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Problems } from './storage/problems.ts';
import type { OpenStore } from './storage/store-file.ts';
import type { UpdateWay } from './updates/updater.ts';

/** What the app runs on. */
export interface Runtime {
  /** System, its release and the processor, as Node names them. */
  readonly platform: { readonly system: string; readonly release: string; readonly arch: string };
  readonly node: string;
  /** null: not in Electron. */
  readonly electron: string | null;
  readonly home: string;
}

/** What the core needs from the process around it. */
export interface CoreOptions {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: AppLog;
  /** Learns every secret before it is used, so that no line of the log carries one. */
  readonly redactor: Redactor;
  readonly problems: Problems;
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly runtime: Runtime;
  /** What this process uses. */
  readonly usage: () => Usage;
  readonly capabilities: AppInfo['capabilities'];
  /** Where everything is kept; null: nothing is. */
  readonly dataFolder: string | null;
  readonly openStore: OpenStore;
  /** null: secrets can be kept in memory only. */
  readonly secretBox: SecretBox | null;
  /** Name of the profile to use in this run, as the command line says; null: the environment's or the stored choice. */
  readonly profile: string | null;
  /** `CACHEDECK_*` variables; the core reads no global. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks the operator where to put a file and writes it; null: the page downloads it. Returns the path, or null. */
  readonly saveFile: ((name: string, content: string | Uint8Array) => Promise<string | null>) | null;
  /** Shows a folder in the system's file manager; null: this host cannot. Returns why it failed, or null. */
  readonly openFolder: ((path: string) => Promise<string | null>) | null;
  /** Opens another window on a page; null: this host has none to open. Returns why it did not, or null. */
  readonly openWindow: ((route: PageRoute) => string | null) | null;
  /** Has the control API listen on a port of its own; null: the host serves it beside the page. */
  readonly openControl: OpenControl | null;
  /** Who brings this copy up to date. */
  readonly updates: UpdateWay;
  /** Whether the machine has a network at all, as far as its system knows. */
  readonly online: () => boolean;
  /** Freezes cached values, so that code which changes a shared one fails: for development and tests. */
  readonly freeze?: boolean;
  /** Puts something into the cache of each profile that is connected: for tests. */
  readonly fill?: (cache: TtlCache) => void;
}

/** The product behind a host: started once, stopped within a second. */
export interface AppCore {
  readonly router: Router;
  readonly tray: Feed<TrayModel>;
  readonly settings: SettingsService;
  readonly control: Pick<ControlService, 'servedAt'>;
  /** For a host that serves it beside the page. */
  readonly controlApi: ControlApi;
  readonly keys: KeyStore;
  /** Called for each message of an alert; its `way` says who shows it. Returns the way to stop. */
  onMessage(listener: (message: AlertMessage) => void): () => void;
  /** What became of a message that this process showed as a notification of the system. */
  delivered(id: number, outcome: DeliveryOutcome): void;
  /** What tray and menu entries do; opening and quitting belong to the shell. */
  refreshAll(): Promise<void>;
  /** A pause of some minutes ends by itself; without any it lasts until it is resumed. */
  setPaused(paused: boolean, minutes?: PauseMinutes): void;
  /** Mutes alerts by their keys, or all of the connected profile (`everyAlert`). What refuses it is logged. */
  snooze(keys: readonly string[], choice: SnoozeChoice): void;
  unsnooze(keys: readonly string[]): void;
  /** Power events. */
  setOnBattery(on: boolean): void;
  suspend(): void;
  resume(): void;
  /** For Prometheus. */
  readonly metrics: Metrics;
  stop(): Promise<void>;
}
