import type { Profile } from '../../shared/contract/profiles.ts';
import { AdaptiveTtls } from './adaptive/adaptive-ttls.ts';
import { AlertService } from './alerts/alert-service.ts';
import type { Delivery } from './alerts/delivery.ts';
import { maxEntries } from './cache/max-entries.ts';
import type { Backend } from './connect-backend.ts';
import type { EventLog } from './events/event-log.ts';
import { StateWatch } from './events/state-watch.ts';
import { ratesFrom, sampleOf } from './history/samples.ts';
import type { LoggedRequest } from './history/store/request-log.ts';
import type { MeteredMetrics } from './metrics/metrics.ts';
import { labelOfKey } from './metrics/resource-labels.ts';
import type { Pause } from './pause.ts';
import { pollInterval } from './poll-interval.ts';
import type { CoreOptions } from './ports.ts';
import { isOnThisMachine } from './profiles/address.ts';
import { forgetSessions, sessionFolder } from './sessions/session-folder.ts';
import { sessionTtl } from './sessions/session-ttl.ts';
import type { SettingsService } from './settings/settings-service.ts';
import { resourceSpecs } from './status/resources.ts';
import { checkTtls, withEnvironmentTtls, withProfileTtls } from './status/ttl-settings.ts';
import type { Stores } from './storage/open-stores.ts';
import { clockTime, shortClockTime } from './time-of-day.ts';
import { Workspace } from './workspace.ts';

/** ms the chart of the last minutes reaches back. */
const chartSpan = 900_000;

interface House {
  readonly options: CoreOptions;
  readonly settings: SettingsService;
  readonly events: EventLog;
  readonly onBattery: () => boolean;
  readonly delivery: Delivery;
  /** The name of a profile; null: there is none of that id. */
  readonly nameOf: (profileId: string) => string | null;
  readonly stores: Pick<Stores, 'history' | 'readOnly'>;
  readonly metrics: MeteredMetrics;
  /** Called with every secret before it is used. */
  readonly onSecret: (secret: string) => void;
}

/** Puts a workspace around a profile's backend: its times, its watchers, its place in the history. Not started yet. */
export function furnish(
  { options, settings, events, onBattery, delivery, nameOf, stores, metrics, onSecret }: House,
  profile: Profile,
  backend: Backend,
  pause: Pause | null,
): Workspace {
  const { clock, log, environment } = options;
  const pollMs = (values = settings.values): number => pollInterval(profile, values, onBattery());
  const own = withProfileTtls(resourceSpecs, profile.ttlSeconds);
  const { specs, warnings: ttlWarnings } = withEnvironmentTtls(own, environment);
  const chosen = specs.filter((spec) => !resourceSpecs.includes(spec));
  const { max, warning } = maxEntries(environment);
  const warnings = warning === null ? ttlWarnings : [...ttlWarnings, warning];
  const ttls = new AdaptiveTtls({
    clock,
    specs,
    now: () => ({ bounds: settings.values.adaptiveTtl, pollMs: pollMs() }),
    onMoved: (title, detail) => {
      events.record({ kind: 'settings', severity: 'info', title, detail }, profile.name);
      settings.updateWarnings();
    },
  });
  settings.warnOf((values) => {
    const under = { bounds: values.adaptiveTtl, pollMs: pollMs(values) };
    const inEffect = specs
      .filter((spec) => chosen.includes(spec) || values.adaptiveTtl[spec.key]?.on)
      .map((spec) => ({ ...spec, ttl: ttls.ttlOf(spec.key, under) }));
    return [...warnings, ...checkTtls(inEffect, under.pollMs, values.refreshAhead)];
  });

  const history = stores.history.of(profile.id);
  const requests: LoggedRequest[] = [];
  const meter = metrics.meter();
  const watch = new StateWatch({
    clock,
    read: (key) => workspace.status.peek(key),
    record: (event) => events.record(event),
  });
  const workspace: Workspace = new Workspace({
    clock,
    random: options.random,
    newId: options.newId,
    log,
    backend,
    specs,
    ttls,
    maxEntries: max,
    pollMs: () => pollMs(),
    refreshAhead: settings.values.refreshAhead,
    warming: () => settings.values.warming,
    pause,
    online: options.online,
    alerts: (reads) =>
      new AlertService({
        clock,
        profile,
        nameOf,
        settings: () => settings.values,
        history: stores.history.alerts,
        delivery,
        clean: (text) => options.redactor.clean(text),
        // A backend on this machine needs no network: that it is gone has another reason.
        online: () => options.online() || (backend.url !== null && isOnThisMachine(backend.url)),
        stretch: () => pollMs() / pollInterval(profile, settings.values, false),
        timeOfDay: (at) => clockTime(at, settings.values.timeZone),
        reads,
      }),
    freeze: options.freeze ?? false,
    canQuit: options.capabilities.quit,
    sessions: {
      ttlOf: sessionTtl(environment),
      folder: sessionsOf(options, profile, backend, stores.readOnly),
      readOnly: stores.readOnly,
      problems: options.problems,
      openStore: options.openStore,
      onSecret,
    },
    shortTime: (at) => shortClockTime(at, settings.values.timeZone),
    // What ends after a switch is told as what happened to this profile, not to the next.
    record: (event) => events.record(event, profile.name),
    onRequest: (request) => {
      meter.calls(labelOfKey(request.resource), request.calls);
      requests.push(request);
    },
    meter,
    everySecond: () => watch.tick(workspace.status.paused),
    everyTick: (tick, step) => {
      const { status } = workspace;
      const ended = requests.splice(0);
      const sample = sampleOf({
        step,
        backendCalls: ended.reduce((sum, { calls }) => sum + calls, 0),
        totals: status.peek('stats:total'),
        status: status.peek('orchestrator:status'),
        vpn: status.peek('vpn:status'),
      });
      history.addSample(tick, sample);
      history.addScopes(tick, workspace.scopes.sample(tick, workspace.scopeCounters()));
      if (settings.values.requestLogHours > 0) history.addRequests(ended);
    },
  });
  const now = clock.wall();
  const past = history.query({ from: now - chartSpan, to: now, points: chartSpan / pollMs() });
  workspace.rates.restore(ratesFrom(past));
  options.fill?.(workspace.cache);
  return workspace;
}

/** Where the sessions of a profile's portal are kept; those of one it has no more are forgotten. */
function sessionsOf(
  { dataFolder, problems }: CoreOptions,
  { id, kind, portal: wanted }: Profile,
  { portal }: Backend,
  readOnly: boolean,
): string | null {
  if (dataFolder === null) return null;
  // The demo has another port at each start.
  const folder = portal && sessionFolder(dataFolder, id, kind === 'demo' ? 'demo' : portal.url);
  // A portal that could not be connected is still the profile's.
  if (!readOnly && (folder !== null || wanted === null)) forgetSessions(dataFolder, id, problems, folder);
  return folder;
}
