import { entryNames } from '../../shared/contract/index.ts';
import type { Role } from '../../shared/model/roles.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/rpc/client.ts';
import { alertOf, alertsOf, ruleOf } from './alert-world.ts';
import { memoryHandlers } from './bridge-fixture.ts';
import {
  browserInfo,
  controlOf,
  desktopInfo,
  healthyClient,
  keyOf,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  settingsOf,
  updatesOf,
  worldStart,
} from './page-world.ts';
import type { ScriptedClient } from './scripted-client.ts';

type AnyCall = (input: unknown, context: { principal: { role: Role } }) => unknown;

const breaker = {
  state: 'open' as const,
  failureCount: 5,
  failureThreshold: 5,
  lastFailure: worldStart - 100_000,
  lastSuccess: null,
  recoveryTimeoutSeconds: 300,
};
const choices = [{ value: '15', label: '15 min' }];

/** A main process that answers everything and is in a state in which there is much to be done, for somebody of `role`. */
export function busyWorld(role: Role): ScriptedClient {
  const client = healthyClient();
  const handlers = memoryHandlers();
  for (const { name, kind, role: needed } of entryNames) {
    if (kind !== 'call' || needed === 'viewer') continue;
    const handler = handlers[name as CallName] as AnyCall;
    client.answer(
      name as CallName,
      (input: CallInput<CallName>) => handler(input, { principal: { role } }) as CallOutput<CallName>,
    );
  }
  return client
    .answer('app.info', () => ({ ...(role === 'viewer' ? browserInfo : desktopInfo), role }))
    .answer('windows.open', () => ({}))
    .answer('cache.clearPreview', () => ({ entries: 3, bytes: 900, extraCalls: 3, nextMinuteCalls: 36 }))
    .answer('cache.match', () => ({ keys: ['stats:total'], matching: 1, total: 3 }))
    .answer('portal.vms', (input) => handlers['portal.vms'](input, { principal: { role } }))
    .answer('portal.clusters', (input) => handlers['portal.clusters'](input, { principal: { role } }))
    .answer('orchestrator.health', () =>
      pollOf(
        readingOf({
          totalEngines: 8,
          healthyEngines: 8,
          unhealthyEngines: 0,
          markedForReplacement: 0,
          minimumRequired: 2,
          checkIntervalSeconds: 30,
          breakers: { general: breaker, replacement: breaker },
        }),
      ),
    )
    .push('profiles.state', profilesOf({ profiles: [...profilesOf().profiles, profileOf()] }))
    .push('settings.state', settingsOf({ warming: { on: true, resources: [], sessions: true } }))
    .push('problems.list', [
      { id: 'settings', area: 'settings', at: worldStart, title: 'Not kept', text: 'The folder is full.' },
    ])
    .push('control.state', controlOf({ keys: [keyOf()] }))
    .push('updates.state', updatesOf({ stage: 'available', version: '9.9.9' }))
    .push(
      'alerts.state',
      alertsOf({
        active: [alertOf()],
        rules: [ruleOf(), ruleOf({ key: 'demo/late/vpn:status', title: 'VPN status is late' })],
        silences: [{ key: 'demo/other', title: 'Another', since: worldStart, until: worldStart + 60_000 }],
        firing: 1,
      }),
    )
    .push('tray.model', {
      state: 'ok',
      tooltip: 'All live',
      lines: [],
      actions: (['refresh', 'pause', 'resume', 'snooze', 'unsnooze'] as const).map((id) => ({
        id,
        label: `Tray ${id}`,
        enabled: true,
        choices: id === 'pause' ? choices : id === 'snooze' ? [{ value: '1h', label: '1 h' }] : [],
      })),
    });
}
