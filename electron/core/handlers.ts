import { dirname } from 'node:path';
import type { Contract } from '../../shared/contract/index.ts';
import { watchedResources } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { tuningHandlers } from './adaptive/tuning-handlers.ts';
import type { Delivery } from './alerts/delivery.ts';
import { cacheStatistics } from './cache/for-pages.ts';
import { controlHandlers } from './control/control-handlers.ts';
import type { ControlService } from './control/control-service.ts';
import type { KeyStore } from './control/keys.ts';
import type { EventLog } from './events/event-log.ts';
import { explorerHandlers } from './explorer/explorer-handlers.ts';
import { savePageFile } from './files/save-file.ts';
import { fleetHandlers } from './fleet/fleet-handlers.ts';
import { gatherFacts } from './diagnostics/gather-facts.ts';
import { bundleName, diagnosticBundle } from './diagnostics/bundle.ts';
import type { FootprintMeter } from './footprint/footprint.ts';
import { chartHandlers } from './history/chart-handlers.ts';
import { explainRate } from './history/explain-rate.ts';
import type { HistoryStore } from './history/store/history-store.ts';
import { startPause } from './pause.ts';
import type { CoreOptions } from './ports.ts';
import type { ProfileService } from './profiles/profile-service.ts';
import type { ProfileSwitch } from './profile-switch.ts';
import { testConnection } from './profiles/test-connection.ts';
import type { Handlers } from './router.ts';
import { clearServerCache } from './status/clear-server-cache.ts';
import type { SettingsService } from './settings/settings-service.ts';
import { updateHandlers } from './updates/update-handlers.ts';
import type { UpdateService } from './updates/update-service.ts';
import type { Workspace } from './workspace.ts';

interface Services {
  readonly options: CoreOptions;
  /** Monotonic ms of the start. */
  readonly startedAt: number;
  readonly switching: ProfileSwitch;
  readonly profiles: ProfileService;
  readonly settings: SettingsService;
  readonly events: EventLog;
  readonly history: HistoryStore;
  readonly footprint: FootprintMeter;
  readonly delivery: Delivery;
  readonly updates: UpdateService;
  readonly control: ControlService;
  readonly keys: KeyStore;
}

/** One handler for each entry of the contract; each only says which service answers. */
export function createHandlers(services: Services): Handlers<Contract> {
  const { options, switching, profiles, settings, events, history, delivery } = services;
  const { active } = switching;
  const { feeds } = active;
  const poll = <K extends ResourceKey>(key: K) => active.ask(({ status }) => status.poll(key));

  /** Answers once what the change leads to is connected, so that the next call meets it. */
  async function connected<T>(change: () => T | Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      await active.settled();
    }
  }

  return {
    'app.info': (_, { principal }) => ({
      version: options.version,
      host: options.host,
      role: principal.role,
      capabilities: options.capabilities,
      dataFolder: options.dataFolder,
    }),

    'profiles.state': switching.state,
    'profiles.save': (input) => connected(async () => ({ id: await profiles.save(input) })),
    'profiles.remove': ({ id }) => connected(() => profiles.remove(id).then(nothing)),
    'profiles.activate': ({ id }) => connected(() => changed(() => profiles.activate(id))),
    'profiles.test': async ({ id, draft, secrets: typed }) => {
      const { clock, log, redactor } = options;
      const { secrets, withheld } = await profiles.secretsForTest(id, draft, typed);
      const onSecret = (secret: string): void => redactor.add(secret);
      return { results: await testConnection(draft, secrets, { clock, log, onSecret, withheld }) };
    },
    'profiles.export': () => handOut('cachedeck-profiles.json', profiles.exportText(), options),
    'profiles.import': ({ text }) => ({ added: profiles.importText(text) }),

    'settings.state': settings.state,
    'settings.change': (change) => connected(() => changed(() => settings.change(change))),
    'problems.list': options.problems.feed,
    'problems.dismiss': ({ id }) => changed(() => options.problems.remove(id)),

    'events.list': (query) => events.list(query),
    'events.latest': events.latest,
    'history.query': (query) => ({
      ...history.of(switching.state.value.active).query(query),
      from: query.from,
      to: query.to,
      marks: events.marks(query.from, query.to),
    }),

    'diagnostics.bundle': async () => {
      const facts = await gatherFacts(services);
      const text = diagnosticBundle(facts, (one) => options.redactor.clean(one));
      return handOut(bundleName(facts.at), text, options);
    },
    'logs.tail': async ({ lines }) => ({ lines: await options.log.tail(lines), path: options.log.path }),
    'logs.open': async () => {
      if (!options.openFolder || options.log.path === null) {
        throw new RpcError('conflict', 'This host cannot show the folder of the log.');
      }
      const failure = await options.openFolder(dirname(options.log.path));
      if (failure !== null) throw new RpcError('unavailable', failure);
      return {};
    },

    'engines.totals': () => poll('stats:total'),
    'orchestrator.status': () => poll('orchestrator:status'),
    'orchestrator.health': () => poll('health:status'),
    'orchestrator.cache': () => poll('orchestrator:cache'),
    'vpn.status': () => poll('vpn:status'),
    'orchestrator.clearCache': async () => {
      const { backend, status, ending } = active.workspace;
      const answer = await clearServerCache(backend.source, status, options.clock, ending);
      events.record({ kind: 'action', severity: 'info', title: 'The orchestrator’s own cache was cleared' });
      return answer;
    },

    'streams.list': () => poll('streams:list'),
    'server.events': () => poll('server:events'),
    ...fleetHandlers(active),
    'files.save': (file) => savePageFile(options, file),

    'portal.state': feeds.portal,
    'portal.signIn': ({ email, token }) => active.workspace.portal.service.signIn(email, token),
    'portal.signOut': ({ user }) => changed(() => active.workspace.portal.service.signOut(user)),
    'portal.context': ({ user }) => active.ask(({ portal }) => portal.service.context(user)),
    'portal.chooseEngagement': ({ user, engagementId }) =>
      active.ask(({ portal }) => portal.service.chooseEngagement(user, engagementId)),
    'portal.vms': ({ user }, { signal }) => active.ask(({ portal }) => portal.service.vms(user, signal)),
    'portal.clusters': ({ user }, { signal }) =>
      active.ask(({ portal }) => portal.service.clusters(user, signal)),

    'sessions.list': () => active.workspace.portal.list(),
    'sessions.inspect': ({ user }) => active.workspace.portal.inspect(user),
    'sessions.refreshField': ({ user, field }) =>
      active.ask(({ portal }) => portal.service.readField(user, field, { forceRefresh: true }).then(nothing)),
    'sessions.refresh': ({ user }) => active.ask(({ portal }) => portal.refresh(user).then(nothing)),
    'sessions.clear': ({ user }) => active.workspace.portal.clear(user),
    'sessions.clearAll': () => active.workspace.portal.clearAll(),
    'sessions.checkIsolation': () => active.ask(({ portal }) => portal.checkIsolation()),
    'sessions.compare': ({ user }, { signal }) =>
      active.ask(({ portal, ending }) =>
        portal.compare(user, signal ? AbortSignal.any([signal, ending]) : ending),
      ),

    'workstations.session': feeds.workstations,
    'workstations.signIn': (account) =>
      active.ask(({ workstations }) => workstations.signIn(account).then(nothing)),
    'workstations.signOut': () => changed(() => active.workspace.workstations.signOut()),
    'workstations.list': () => active.ask(({ workstations }) => workstations.list()),
    'workstations.refresh': () =>
      active.ask(({ workstations }) => workstations.refresh(['workstations_list']).then(nothing)),
    'workstations.create': (workstation) =>
      active.ask(({ workstations }) => workstations.create(workstation)),
    'workstations.testConnection': ({ id }) =>
      active.ask(({ workstations }) => workstations.testConnection(id)),
    'workstations.cache': () => active.ask(({ workstations }) => workstations.cacheStats()),
    'workstations.metrics': () => active.ask(({ workstations }) => workstations.metrics()),
    'workstations.clearCache': () => active.ask(({ workstations }) => workstations.clearCache()),
    'workstations.invalidate': ({ pattern }) =>
      active.ask(({ workstations }) => workstations.invalidate(pattern)),

    'polling.state': feeds.polling,
    'polling.pause': ({ minutes }) =>
      changed(() => active.setPause(startPause(options.clock, minutes, active.pause))),
    'polling.resume': () => changed(() => active.setPause(null)),
    'polling.setRefreshAhead': ({ on }) => changed(() => settings.change({ refreshAhead: on })),

    'refresh.force': ({ resources }) => active.ask((workspace) => workspace.forceRefresh(resources)),
    'refresh.progress': feeds.progress,

    'status.ribbons': feeds.ribbons,
    'tray.model': feeds.tray,
    'alerts.state': feeds.alerts,
    'alerts.messages': delivery.messages,
    'alerts.history': ({ before, limit }) => history.alerts.list(before, limit),
    'alerts.snooze': ({ key, until }) => active.workspace.alerts.snooze(key, until),
    'alerts.unsnooze': ({ key }) => changed(() => active.workspace.alerts.unsnooze(key)),
    'alerts.test': () => changed(() => delivery.test(profiles.find(switching.state.value.active))),
    'alerts.delivered': ({ id, outcome }) => changed(() => delivery.delivered(id, outcome)),
    'app.presence': ({ page, attentive }) => changed(() => delivery.presence.say(page, attentive)),

    'cache.statistics': () => cacheStatistics(active.workspace.cache),
    'cache.history': () => {
      const columns = active.workspace.rates.columns();
      const now = options.clock.wall();
      const marks = events.marks(columns.at[0] ?? now, now);
      return { ...columns, marks, explanation: explain(active.workspace) };
    },
    'cache.events': feeds.cacheEvents,
    ...explorerHandlers(active),
    ...chartHandlers(services),
    ...tuningHandlers(services),
    ...updateHandlers(services.updates),
    ...controlHandlers(services),

    'windows.open': ({ route }) => {
      if (!options.openWindow) throw new RpcError('conflict', 'This host has no windows of its own.');
      const refusal = options.openWindow(route);
      if (refusal !== null) throw new RpcError('conflict', refusal);
      return {};
    },

    'demo.state': feeds.demo,
    'demo.simulate': async ({ fault }) => {
      await active.workspace.simulate(fault);
      return {};
    },
  };
}

function changed(change: () => void): Record<string, never> {
  change();
  return nothing();
}

function nothing(): Record<string, never> {
  return {};
}

/** Gives a file to the operator: through main's own dialog, or through the page where main has none. */
async function handOut(
  name: string,
  text: string,
  { saveFile }: Pick<CoreOptions, 'saveFile'>,
): Promise<{ name: string; text: string | null; savedTo: string | null }> {
  if (!saveFile) return { name, text, savedTo: null };
  return { name, text: null, savedTo: await saveFile(name, text) };
}

function explain({ status, cache }: Workspace): string {
  if (!status.cacheOn)
    return 'The cache is switched off: every lookup goes to the backend and counts as a bypass.';
  return explainRate({
    paused: status.paused,
    refreshAhead: status.refreshAhead,
    pollMs: status.pollMs,
    ttls: watchedResources.map((key) => status.peek(key).ttl),
    leadMs: status.longestLead(watchedResources),
    failing: watchedResources.filter((key) => status.peek(key).failure !== null),
    lookups: cache.statistics().hitRate1m.n,
  });
}
