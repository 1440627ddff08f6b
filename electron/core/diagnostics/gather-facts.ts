import { cacheStatistics } from '../cache/for-pages.ts';
import type { EventLog } from '../events/event-log.ts';
import type { HistoryStore } from '../history/store/history-store.ts';
import type { CoreOptions } from '../ports.ts';
import type { ProfileSwitch } from '../profile-switch.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { DiagnosticFacts } from './bundle.ts';

interface Witnesses {
  readonly options: CoreOptions;
  /** Monotonic ms of the start. */
  readonly startedAt: number;
  readonly switching: ProfileSwitch;
  readonly settings: SettingsService;
  readonly events: EventLog;
  readonly history: HistoryStore;
}

const everything = { kinds: null, severities: null, search: '', from: null, to: null, before: null };

/** Asks every part for what the bundle tells of it. */
export async function gatherFacts(witnesses: Witnesses): Promise<DiagnosticFacts> {
  const { options, startedAt, switching, settings, events, history } = witnesses;
  const { clock, log } = options;
  const now = clock.wall();
  const { cache } = switching.active.workspace;
  return {
    at: now,
    version: options.version,
    host: options.host,
    ...options.runtime,
    capabilities: options.capabilities,
    uptimeMs: Math.round(clock.mono() - startedAt),
    dataFolder: options.dataFolder,
    settings: settings.state.value,
    profiles: switching.state.value,
    problems: options.problems.feed.value,
    cache: cacheStatistics(cache),
    polling: switching.active.feeds.polling.value,
    events: events.list({ ...everything, limit: 200 }).events,
    requests: history.of(switching.state.value.active).requests({ from: 0, to: now, limit: 200 }),
    logLines: await log.tail(300),
  };
}
