import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Advice, Warming } from '../../shared/contract/tuning.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, statisticsOf, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';
import { adaptiveTtlOf, tuningOf } from '../support/tuning-world.ts';

afterEach(() => {
  closePage();
  window.location.hash = '';
});

/** One resource was looked up, so that the table has a row. */
async function openResources(client: ScriptedClient) {
  const base = statisticsOf();
  const keys = base.keys.map((one) => ({ ...one, hitRate: { percent: 50, n: 2 } }));
  client.answer('cache.statistics', () => ({ ...base, keys }));
  const page = await openPage(client);
  await goToHash('#/cache/resources', page.pass);
  return page;
}

const panel = (): HTMLElement => screen.getByRole('region', { name: 'Advice' });
const advice = (id: string, text: string): Advice => ({ id, key: 'stats:total', kind: 'never-hit', text });
const two = [advice('a', 'Engine totals: never hit.'), advice('b', 'VPN status: unchanged for 41 min.')];
const withAdvice = (list: Advice[]): ScriptedClient =>
  healthyClient().answer('tuning.state', () => tuningOf(Date.now(), { advice: list }));

const warmed: Warming = {
  at: worldStart,
  why: 'clear',
  running: false,
  items: [
    { key: 'stats:total', state: 'ok', ms: 120, message: null },
    { key: 'engines:list', state: 'failed', ms: 4500, message: 'No reply within 4.5 s.' },
    { key: 'workstations_list', state: 'not-reported', ms: 0, message: null },
    { key: 'vpn:status', state: 'fresh', ms: null, message: null },
    { key: 'session:u•••1@example.com', state: 'given-up', ms: null, message: null },
  ],
};

describe('advice', () => {
  it('is a list of sentences with a way to the setting', async () => {
    await openResources(withAdvice(two));
    const items = within(panel()).getAllByRole('listitem');
    expect(items.map((item) => item.querySelector('p')?.textContent)).toEqual([
      'Engine totals: never hit. Open setting',
      'VPN status: unchanged for 41 min. Open setting',
    ]);
    expect(within(panel()).getAllByRole('link')[0]?.getAttribute('href')).toBe('#/settings/caching');
    expect(within(panel()).getByText('2 suggestions; nothing is changed by itself.')).toBeTruthy();
  });

  it('that is hidden stays so in this browser until it is shown again, and the focus is kept', async () => {
    const { user, pass } = await openResources(withAdvice(two));
    await user.click(within(panel()).getByRole('button', { name: 'Hide: Engine totals: never hit.' }));
    expect(within(panel()).getAllByRole('listitem')).toHaveLength(1);
    const said = within(panel()).getByText(/^1 suggestion; .* 1 hidden in this browser\.$/);
    expect(document.activeElement).toBe(said);
    await goToHash('#/cache', pass);
    await goToHash('#/cache/resources', pass);
    expect(within(panel()).getAllByRole('listitem')).toHaveLength(1);
    await user.click(within(panel()).getByRole('button', { name: 'Show hidden' }));
    expect(within(panel()).getAllByRole('listitem')).toHaveLength(2);
    expect(within(panel()).queryByRole('button', { name: 'Show hidden' })).toBeNull();
  });

  it('with what another program left in the storage is shown whole', async () => {
    localStorage.setItem('cachedeck.hidden-advice', '{"a":1');
    await openResources(withAdvice(two));
    expect(within(panel()).getAllByRole('listitem')).toHaveLength(2);
  });

  it('that there is none of says so', async () => {
    await openResources(withAdvice([]));
    expect(within(panel()).getByText('Nothing to suggest.')).toBeTruthy();
    expect(within(panel()).queryByRole('list')).toBeNull();
  });

  it('is awaited and, when it cannot be read, says why', async () => {
    const gate = Promise.withResolvers<never>();
    const { pass } = await openResources(healthyClient().answer('tuning.state', () => gate.promise));
    expect(within(panel()).getByText('Asking what could be set otherwise…')).toBeTruthy();
    gate.reject(new RpcError('internal', 'Something broke.'));
    await pass(200);
    expect(within(panel()).getByText('The advice could not be read: Something broke.')).toBeTruthy();
    expect(screen.getByRole('table')).toBeTruthy(); // the statistics have nothing to do with it
  });
});

describe('the latest warming', () => {
  it('is one line with each thing behind it', async () => {
    const client = healthyClient().answer('tuning.state', () => tuningOf(Date.now(), { warming: warmed }));
    const { user } = await openResources(client);
    const line = within(panel()).getByText(/^Warmed 1 of 5 after a clear/);
    expect(line.textContent).toBe(
      'Warmed 1 of 5 after a clear: 1 fresh already, 1 failed, 1 not reported, 1 given up · 13:03:07',
    );
    await user.click(line);
    const rows = within(within(panel()).getByRole('table', { name: 'What was warmed' }))
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ['Engine totals', '● Loaded', '120 ms'],
      ['Engine list', '✕ Failed · No reply within 4.5 s.', '4.5 s'],
      ['Workstation list', '– Not reported', '< 0.1 ms'],
      ['VPN status', '● Fresh already', '—'],
      ['Session of u•••1@example.com', '– Given up', '—'],
    ]);
  });

  it('that runs says how far it is', async () => {
    const running: Warming = {
      ...warmed,
      why: 'start',
      running: true,
      items: [
        { key: 'stats:total', state: 'ok', ms: 120, message: null },
        { key: 'engines:list', state: 'running', ms: null, message: null },
        { key: 'streams:list', state: 'queued', ms: null, message: null },
      ],
    };
    await openResources(
      healthyClient().answer('tuning.state', () => tuningOf(Date.now(), { warming: running })),
    );
    expect(within(panel()).getByText(/^Warming at the start: 1 of 3 done/)).toBeTruthy();
  });

  it('that never was says so', async () => {
    await openResources(withAdvice([]));
    expect(within(panel()).getByText('Nothing was warmed since this profile was connected.')).toBeTruthy();
  });
});

it('the TTL in effect stands beside each resource, with its reason as text where it adapts', async () => {
  const client = healthyClient().answer('tuning.state', () =>
    tuningOf(Date.now(), {
      adaptive: [
        adaptiveTtlOf({
          key: 'stats:total',
          ttl: 14_000,
          reason: '14 s: unchanged for 12 min on average, capped at 15 s.',
        }),
      ],
    }),
  );
  await openResources(client);
  const table = within(screen.getByRole('region', { name: 'Resources' })).getByRole('table');
  const head = within(table).getByRole('rowheader', { name: /Engine totals/ });
  expect(head.textContent).toContain('TTL 14 s adaptive');
  expect(
    within(table).getByText(/TTL 14 s: unchanged for 12 min on average, capped at 15 s\./).textContent,
  ).toBe('Engine totals: TTL 14 s: unchanged for 12 min on average, capped at 15 s.');
});

it('one that does not adapt has its TTL and no further line', async () => {
  await openResources(healthyClient());
  const table = within(screen.getByRole('region', { name: 'Resources' })).getByRole('table');
  expect(within(table).getByRole('rowheader', { name: /Engine totals/ }).textContent).toContain('TTL 3 s');
  expect(within(table).queryByText(/adapting is off/)).toBeNull();
});
