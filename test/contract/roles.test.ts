import { describe, expect, test } from 'vitest';
import { contract, entryNames } from '../../shared/contract/index.ts';
import { covers, roles } from '../../shared/rpc/define.ts';
import type { CallName } from '../../shared/rpc/client.ts';
import { bridgeFixture, memoryHandlers } from '../support/bridge-fixture.ts';
import { goodInputs } from '../support/bridge-inputs.ts';

/** What nobody but an admin may do: it removes, provisions, or changes what stays. */
const forAdmins = [
  'cache.clear',
  'cache.resetStatistics',
  'cache.invalidate',
  'cache.delete',
  'cache.undo',
  'cache.switch',
  'control.configure',
  'control.addKey',
  'control.removeKey',
  'demo.simulate',
  'diagnostics.bundle',
  'engines.provision',
  'engines.remove',
  'logs.tail',
  'logs.open',
  'orchestrator.clearCache',
  'orchestrator.resetBreaker',
  'polling.setRefreshAhead',
  'profiles.save',
  'profiles.remove',
  'profiles.activate',
  'profiles.test',
  'profiles.import',
  'sessions.clear',
  'sessions.clearAll',
  'settings.change',
  'streams.stop',
  'updates.download',
  'updates.install',
  'workstations.create',
  'workstations.clearCache',
  'workstations.invalidate',
];
/** What an operator may do beside looking: it ends by itself, or loads what would be loaded anyway. */
const forOperators = [
  'alerts.snooze',
  'alerts.unsnooze',
  'alerts.test',
  'engines.logs',
  'polling.pause',
  'polling.resume',
  'portal.signIn',
  'portal.signOut',
  'portal.chooseEngagement',
  'problems.dismiss',
  'profiles.export',
  'refresh.force',
  'sessions.inspect',
  'sessions.refreshField',
  'sessions.refresh',
  'sessions.compare',
  'updates.check',
  'workstations.signIn',
  'workstations.signOut',
  'workstations.refresh',
  'workstations.testConnection',
];

/** A fixture whose handlers note that they ran. */
function watched() {
  const ran: string[] = [];
  const handlers = memoryHandlers();
  const noted = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      typeof handler === 'function'
        ? () => {
            ran.push(name);
            return {};
          }
        : handler,
    ]),
  );
  return { ran, router: bridgeFixture(noted).router };
}

describe.each(roles)('a %s', (role) => {
  const calls = entryNames.filter(({ kind }) => kind === 'call');
  const feeds = entryNames.filter(({ kind }) => kind === 'feed');

  test.each(calls.filter((entry) => !covers(role, entry.role)))(
    'gets no answer to $name but forbidden, whatever is asked',
    async ({ name, role: needed }) => {
      const { ran, router } = watched();
      for (const input of [goodInputs[name as CallName], {}, undefined, null, 'x', { admin: true }]) {
        expect(await router.call(name, input, { role })).toEqual({
          ok: false,
          error: { code: 'forbidden', message: `This needs the role ${needed}.` },
        });
      }
      expect(ran).toEqual([]);
    },
  );

  test.each(calls.filter((entry) => covers(role, entry.role)))('may ask $name', async ({ name }) => {
    const { router } = bridgeFixture();
    const reply = await router.call(name, goodInputs[name as CallName], { role });
    expect(reply).toMatchObject({ ok: true });
  });

  test.each(feeds)('hears $name if it is for them', ({ name, role: needed }) => {
    const { router } = bridgeFixture();
    let heard = 0;
    const subscribed = router.subscribe(name, { role }, () => (heard += 1));
    expect([subscribed.ok, heard]).toEqual(covers(role, needed) ? [true, 1] : [false, 0]);
    if (subscribed.ok) subscribed.stop();
  });
});

test('each entry has the role it is meant to have', () => {
  const names = (role: string): string[] =>
    entryNames.filter((entry) => entry.role === role).map(({ name }) => name);
  expect(names('admin').toSorted()).toEqual(forAdmins.toSorted());
  expect(names('operator').toSorted()).toEqual(forOperators.toSorted());
  expect(names('viewer')).toHaveLength(Object.keys(contract).length - forAdmins.length - forOperators.length);
});
