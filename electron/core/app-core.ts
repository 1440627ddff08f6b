import { randomBytes } from 'node:crypto';
import { contract } from '../../shared/contract/index.ts';
import type { Problem } from '../../shared/contract/settings.ts';
import type { CallName } from '../../shared/rpc/client.ts';
import { settingTitles } from '../../shared/model/settings.ts';
import type { Cancel } from './clock.ts';
import { Delivery } from './alerts/delivery.ts';
import { connectBackend } from './connect-backend.ts';
import type { Connect } from './connect-backend.ts';
import { createControlApi } from './control/control-api.ts';
import { ControlService } from './control/control-service.ts';
import { originsFrom } from './control/cross-origin.ts';
import { KeyStore } from './control/keys.ts';
import { controlRoutes } from './control/routes/all-routes.ts';
import { EventLog } from './events/event-log.ts';
import { recordStart, recordStop } from './events/lifecycle.ts';
import { FootprintMeter } from './footprint/footprint.ts';
import { furnish } from './furnish.ts';
import { createHandlers } from './handlers.ts';
import { createMetrics } from './metrics/metrics.ts';
import { startPause, stillOn } from './pause.ts';
import type { AppCore, CoreOptions } from './ports.ts';
import { environmentProfile } from './profiles/environment.ts';
import { ProfileService } from './profiles/profile-service.ts';
import { ProfileSwitch } from './profile-switch.ts';
import { createRouter } from './router.ts';
import { SealedSecrets } from './secrets/sealed-secrets.ts';
import { settingsFromEnvironment } from './settings/environment.ts';
import { forgetSessions } from './sessions/session-folder.ts';
import { SettingsService } from './settings/settings-service.ts';
import { openStores } from './storage/open-stores.ts';
import { UpdateService } from './updates/update-service.ts';

/** ms between two rounds of forgetting what is too old. */
const pruneEvery = 60_000;

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
  const lastSign = stores.history.lastSign();
  const keys = new KeyStore({
    clock,
    document: stores.control,
    environment,
    newId: options.newId,
    randomBytes,
    onSecret,
  });
  const control = new ControlService({ document: stores.control, keys, open: options.openControl, log });
  const fromEnvironment = settingsFromEnvironment(environment);
  const settings = new SettingsService(stores.settings, {
    ...fromEnvironment,
    warnings: [...fromEnvironment.warnings, ...keys.warnings],
  });
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

  const delivery = new Delivery({
    clock,
    settings: () => settings.values,
    history: stores.history.alerts,
    clean: (text) => redactor.clean(text),
  });

  // Every page listens to this one.
  const pages = (): number => switching.state.listenerCount;
  const metrics = createMetrics({
    version: options.version,
    host: options.host,
    usage: options.usage,
    pages,
    connected: () => switching.active.connected,
  });

  let onBattery = false;
  const house = {
    options,
    settings,
    events,
    onBattery: () => onBattery,
    delivery,
    nameOf: (id: string) => profiles.list().find((one) => one.id === id)?.name ?? null,
    stores,
    metrics,
    onSecret,
  };
  const switching = await ProfileSwitch.start({
    log,
    profiles,
    furnish: (profile, backend, pause) => furnish(house, profile, backend, pause),
    connect: (target) => connect(target, { clock, random: options.random, log, environment, onSecret }),
  });
  const { active } = switching;
  log.setLevel(settings.values.logLevel);
  for (const warning of settings.state.value.warnings) log.warn(warning);
  recordStart(events, options, lastSign === null ? null : Math.max(0, clock.wall() - lastSign));
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
    // The next one starts with its cache on: for this one, too, the time without ends here.
    active.connected?.setCacheOn(true);
    return switching.reconnect();
  }

  /** Of a removed profile nothing is kept but events. */
  function forget(id: string): void {
    stores.history.forget(id);
    if (options.dataFolder !== null && !stores.readOnly) {
      forgetSessions(options.dataFolder, id, problems);
    }
  }

  settings.onChange(({ refreshAhead, logLevel }, changed) => {
    events.record({
      kind: 'settings',
      severity: 'info',
      title: `Settings changed: ${changed.map((name) => settingTitles[name]).join(', ')}`,
    });
    if (changed.includes('logLevel')) log.setLevel(logLevel);
    // One that is being connected looks at the settings itself.
    if (changed.includes('refreshAhead')) active.connected?.setRefreshAhead(refreshAhead);
    active.connected?.updateInterval();
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

  const footprint = new FootprintMeter({
    clock,
    usage: options.usage,
    work: () => active.connected?.work() ?? null,
  });
  footprint.start();

  const updates = new UpdateService({
    way: options.updates,
    clock,
    random: options.random,
    mayLook: () =>
      settings.values.checkForUpdates &&
      options.online() &&
      !onBattery &&
      stillOn(clock, active.pause) === null,
    document: stores.updates,
    tell: (version) =>
      events.record({
        kind: 'update',
        severity: 'info',
        title: `Version ${version} of Cachedeck is there`,
        detail: `This is ${options.version}. Nothing is downloaded before you ask for it in Settings.`,
      }),
  });

  const router = createRouter(
    contract,
    createHandlers({
      options,
      startedAt,
      switching,
      profiles,
      settings,
      events,
      history: stores.history,
      footprint,
      delivery,
      updates,
      control,
      keys,
    }),
    { log },
  );

  const controlApi = createControlApi({
    keys,
    routes: controlRoutes({ active, router, clock, pages, metrics }),
    version: options.version,
    clock,
    log,
    origins: originsFrom(environment['CACHEDECK_CORS_ORIGINS'], log),
  });
  await control.start(controlApi);

  /** Asks as a page would, for tray and notifications. */
  async function ask(name: CallName, input: unknown): Promise<void> {
    const reply = await router.call(name, input, { role: 'operator' });
    if (!reply.ok) log.warn(`${name}: ${reply.error.message}`);
  }

  return {
    router,
    tray: active.feeds.tray,
    settings,
    control,
    controlApi,
    keys,
    onMessage: (listener) => delivery.onMessage(listener),
    delivered: (id, outcome) => delivery.delivered(id, outcome),
    async refreshAll() {
      await active.workspace.forceRefresh('all');
    },
    setPaused: (paused, minutes = null) =>
      active.setPause(paused ? startPause(clock, minutes, active.pause) : null),
    snooze(keys, choice) {
      for (const key of keys) void ask('alerts.snooze', { key, until: choice });
    },
    unsnooze(keys) {
      for (const key of keys) void ask('alerts.unsnooze', { key });
    },
    setOnBattery(on) {
      if (on === onBattery) return;
      onBattery = on;
      active.connected?.updateInterval();
      settings.updateWarnings();
    },
    // During a switch there is nothing to suspend: what is connected next notices by itself that it slept.
    suspend: () => active.connected?.suspend(),
    resume: () => active.connected?.resume(),
    metrics,
    async stop() {
      stopPruning();
      footprint.stop();
      updates.stop();
      stopProblems();
      recordStop(events);
      await control.stop();
      keys.stop();
      await active.stop();
      events.stop();
      stores.close();
    },
  };
}
