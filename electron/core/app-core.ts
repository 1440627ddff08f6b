import { contract } from '../../shared/contract/index.ts';
import type { Profile } from '../../shared/contract/profiles.ts';
import type { Problem } from '../../shared/contract/settings.ts';
import { seedCacheStats } from './cache/seed-shapes.ts';
import type { Cancel } from './clock.ts';
import { connectBackend } from './connect-backend.ts';
import type { Backend, Connect } from './connect-backend.ts';
import { EventLog } from './events/event-log.ts';
import { recordStart, recordStop } from './events/lifecycle.ts';
import { StateWatch } from './events/state-watch.ts';
import { createHandlers } from './handlers.ts';
import { ratesFrom, sampleOf } from './history/samples.ts';
import type { AppCore, CoreOptions } from './ports.ts';
import { environmentProfile } from './profiles/environment.ts';
import { ProfileService } from './profiles/profile-service.ts';
import { ProfileSwitch } from './profile-switch.ts';
import { createRouter } from './router.ts';
import { SealedSecrets } from './secrets/sealed-secrets.ts';
import { settingsFromEnvironment } from './settings/environment.ts';
import { forgetSessions, sessionFolder } from './sessions/session-folder.ts';
import { sessionTtl } from './sessions/session-ttl.ts';
import { SettingsService } from './settings/settings-service.ts';
import { resourceSpecs } from './status/resources.ts';
import type { BackendRequest } from './status/status-service.ts';
import { checkTtls, withEnvironmentTtls, withProfileTtls } from './status/ttl-settings.ts';
import { openStores } from './storage/open-stores.ts';
import { clockTime } from './time-of-day.ts';
import { Workspace } from './workspace.ts';

/** ms between two rounds of forgetting what is too old. */
const pruneEvery = 60_000;
/** ms the chart of the last minutes reaches back. */
const chartSpan = 900_000;

/**
 * Starts the product behind a host: stores, profile, cache, watchers, bridge. What is wrong with a store is told as a
 * problem and costs nothing else.
 * @param connect another way to a backend than the product's: for tests
 * @throws Error with a sentence for the person whose variable or flag names no profile or a bad address.
 */
export async function startAppCore(
  options: CoreOptions,
  connect: Connect = connectBackend,
): Promise<AppCore> {
  const { clock, log, problems, redactor, environment } = options;
  const startedAt = clock.mono();
  const onSecret = (secret: string): void => redactor.add(secret);
  const ofEnvironment = environmentProfile(environment);
  const stores = openStores(options);
  const settings = new SettingsService(stores.settings, settingsFromEnvironment(environment));
  const profiles = new ProfileService({
    document: stores.profiles,
    secrets: new SealedSecrets({ document: stores.secrets, box: options.secretBox, onSecret }),
    environment: ofEnvironment,
    wanted: options.profile ?? (environment['CACHEDECK_PROFILE']?.trim() || null),
    newId: options.newId,
    problems,
    onSecret,
  });
  const events = new EventLog({
    clock,
    store: stores.history,
    profileName: () => profiles.find(profiles.activeId).name,
    clean: (text) => redactor.clean(text),
  });

  /** Where the sessions of a profile's portal are kept; those of an address it had before are forgotten. */
  function sessionsOf({ id, kind }: Profile, { portal }: Backend): string | null {
    const { dataFolder } = options;
    if (dataFolder === null || !portal) return null;
    // The demo has another port at each start.
    const folder = sessionFolder(dataFolder, id, kind === 'demo' ? 'demo' : portal.url);
    if (!stores.readOnly) forgetSessions(dataFolder, id, folder);
    return folder;
  }

  function furnish(profile: Profile, backend: Backend, paused: boolean): Workspace {
    const pollMs = 1000 * (profile.pollSeconds ?? settings.values.pollSeconds);
    const own = withProfileTtls(resourceSpecs, profile.ttlSeconds);
    const { specs, warnings } = withEnvironmentTtls(own, environment);
    const chosen = specs.filter((spec) => !resourceSpecs.includes(spec));
    settings.setWarnings([...warnings, ...checkTtls(chosen, pollMs, settings.values.refreshAhead)]);
    const history = stores.history.of(profile.id);
    const requests: BackendRequest[] = [];
    const watch = new StateWatch({
      clock,
      read: (key) => workspace.status.peek(key),
      record: (event) => events.record(event),
    });
    const workspace: Workspace = new Workspace({
      clock,
      random: options.random,
      log,
      backend,
      specs,
      pollMs,
      refreshAhead: settings.values.refreshAhead,
      paused,
      freeze: options.freeze ?? false,
      canQuit: options.capabilities.quit,
      sessions: {
        ttlOf: sessionTtl(environment),
        folder: sessionsOf(profile, backend),
        readOnly: stores.readOnly,
        problems,
        openStore: options.openStore,
        onSecret,
      },
      timeOfDay: (at) => clockTime(at, settings.values.timeZone),
      record: (event) => events.record(event),
      onRequest: (request) => requests.push(request),
      everySecond: () => watch.tick(workspace.status.paused),
      everyTick: (tick, step) => {
        const { status } = workspace;
        const ended = requests.splice(0);
        const backendCalls = ended.reduce((sum, { calls }) => sum + calls, 0);
        const totals = status.peek('stats:total');
        const vpn = status.peek('vpn:status');
        const sample = sampleOf({
          step,
          backendCalls,
          totals,
          status: status.peek('orchestrator:status'),
          vpn,
        });
        history.addSample(tick, sample);
        if (settings.values.requestLogHours > 0) history.addRequests(ended);
      },
    });
    const now = clock.wall();
    const points = Math.min(chartSpan / pollMs, chartSpan / 5000);
    const past = history.query({ from: now - chartSpan, to: now, points });
    workspace.rates.restore(ratesFrom(past, pollMs));
    return workspace;
  }

  const switching = await ProfileSwitch.start({
    profiles,
    furnish,
    connect: (target) => connect(target, { clock, random: options.random, log, environment, onSecret }),
  });
  const { active } = switching;
  log.setLevel(settings.values.logLevel);
  recordStart(events, options);
  const tellProblem = ({ title, text }: Problem): void => {
    log.warn(`${title}. ${text}`);
    events.record({ kind: 'problem', severity: 'attention', title, detail: text });
  };
  for (const problem of problems.feed.value) tellProblem(problem);
  const stopProblems = problems.onReport(tellProblem);

  /** The profile that is connected, or will be once all switches under way are done. */
  let connecting = profiles.activeId;
  function reconnect(): Promise<void> {
    connecting = profiles.activeId;
    return switching.reconnect();
  }

  /** Of a removed profile nothing is kept but events. */
  function forget(id: string): void {
    stores.history.forget(id);
    if (options.dataFolder !== null && !stores.readOnly) forgetSessions(options.dataFolder, id);
  }

  settings.onChange(({ refreshAhead, logLevel }, changed) => {
    events.record({ kind: 'settings', severity: 'info', title: `Settings changed: ${changed.join(', ')}` });
    if (changed.includes('logLevel')) log.setLevel(logLevel);
    if (changed.includes('refreshAhead')) active.workspace.setRefreshAhead(refreshAhead);
    if (changed.includes('pollSeconds')) void reconnect();
  });
  profiles.onChange(({ kind, id, name }) => {
    events.record({ kind: 'profile', severity: 'info', title: `Profile ${kind}: ${name}` });
    // Choosing what is connected already changes nothing, but may be another try.
    const retry = switching.state.value.fault !== null;
    const another = kind === 'activated' ? id !== connecting || retry : id === connecting;
    const settled = another ? reconnect() : active.settled();
    // Not before its workspace has ended, which would write it anew.
    if (kind === 'removed') void settled.finally(() => forget(id));
  });

  let stopPruning: Cancel = () => {};
  function prune(): void {
    stopPruning = clock.after(pruneEvery, prune);
    stores.history.prune(settings.values);
  }
  prune();

  const router = createRouter(
    contract,
    createHandlers({ options, startedAt, switching, profiles, settings, events, history: stores.history }),
    { log },
  );

  return {
    router,
    tray: active.feeds.tray,
    settings,
    onNotice: (listener) => active.onNotice(listener),
    async refreshAll() {
      await active.workspace.forceRefresh('all');
    },
    setPaused: (paused) => active.workspace.setPaused(paused),
    suspend: () => active.workspace.suspend(),
    resume: () => active.workspace.resume(),
    cacheStats: () => seedCacheStats(active.workspace.cache),
    clearCache: () => active.workspace.clearCache().removed,
    async stop() {
      stopPruning();
      stopProblems();
      recordStop(events);
      await active.stop();
      events.stop();
      stores.close();
    },
  };
}
