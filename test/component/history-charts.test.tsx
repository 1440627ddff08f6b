import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { showRange } from '../../renderer/charts/time-range.ts';
import type { History } from '../../shared/contract/events.ts';
import { historySeriesNames } from '../../shared/model/history.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { scopeHistory } from '../support/explorer-world.ts';
import { healthyClient } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

const minute = 60_000;

afterEach(() => {
  closePage();
  window.location.hash = '';
  showRange('15m');
});

function seriesOf(values: Partial<Record<string, number>>): History['series'] {
  return Object.fromEntries(
    historySeriesNames.map((name) => [name, [values[name] ?? null]]),
  ) as History['series'];
}

function client(): ScriptedClient {
  return healthyClient()
    .answer('history.query', ({ from, to }) => ({
      from,
      to,
      bucketMs: minute,
      at: [to - minute],
      series: seriesOf({
        hits: 30,
        misses: 6,
        staleHits: 0,
        coalesced: 0,
        backendCalls: 36,
        ageTotals: 600,
        ageVpn: 9000,
        enginesHealthy: 7,
        vpnConnected: 1,
      }),
      marks: [],
    }))
    .answer('history.scopes', ({ from, to }) => ({
      from,
      to,
      bucketMs: minute,
      at: [to - minute],
      scopes: [
        { ...scopeHistory, scope: '*', title: 'All resources', hits: [9], misses: [3], loadP95: [182] },
        { ...scopeHistory, hits: [1], misses: [1] },
      ],
    }))
    .answer('history.bands', ({ to }) => ({
      bands: [{ from: to - 10 * minute, to: to - 8 * minute, kind: 'asleep' as const }],
    }));
}

async function openHistory(on: ScriptedClient) {
  const page = await openPage(on);
  await goToHash('#/cache/history', page.pass);
  await page.pass(300);
  return page;
}

const chart = (name: string): HTMLElement => screen.getByRole('region', { name });

describe('the charts', () => {
  it('each have a sentence, and tell what is hatched', async () => {
    await openHistory(client());
    for (const [name, sentence] of [
      ['Hit rate', 'All resources: 75 % of 12 lookups hit in the last 15 minutes, few samples.'],
      ['Answer time', 'All resources in the last 15 minutes: 95 % of loads took at most 182 ms'],
      [
        'Requests and backend calls',
        'In the last 15 minutes: 36 requests of pages, 36 calls to the backend.',
      ],
      [
        'Data age at each poll',
        'Oldest in the last 15 minutes: VPN, 9.0 s; lately none was older than 9.0 s.',
      ],
      ['Engines and streams', 'In the last 15 minutes between 7 and 7 engines were healthy.'],
      ['VPN connected', 'Connected 100 % of the time that is known of the last 15 minutes.'],
    ] as const) {
      expect(chart(name).textContent).toContain(sentence);
      expect(within(chart(name)).getByRole('figure').getAttribute('aria-label')).toContain(
        'Hatched: asleep 2 min 0 s.',
      );
    }
  });

  it('are tables as well, counts as counts', async () => {
    const { user } = await openHistory(client());
    await user.click(within(chart('Hit rate')).getByRole('button', { name: 'Show as table' }));
    const table = screen.getByRole('grid', { name: 'Hit rate: points' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Time (UTC)',
      'Hit rate, %',
      'cumulative, %',
      'hit',
      'joined',
      'stale',
      'miss',
      'prefetch',
      'n',
    ]);
    expect(
      within(table)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['75', '75', '9', '0', '0', '3', '2', '12']);
  });

  it('ask for the range that is chosen, and again when it has moved on; not while nobody looks', async () => {
    const on = client();
    const { user, pass } = await openHistory(on);
    const asked = (): { from: number; to: number }[] =>
      on.inputsOf('history.query') as { from: number; to: number }[];
    await user.click(screen.getByRole('button', { name: 'the last hour' }));
    await pass(300);
    const last = asked().at(-1);
    expect((last?.to ?? 0) - (last?.from ?? 0)).toBe(60 * minute);
    const before = asked().length;
    await pass(16_000);
    expect(asked().length - before).toBeLessThanOrEqual(2);
    expect(asked().length).toBeGreaterThan(before);
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    fireEvent(document, new Event('visibilitychange'));
    await pass(100);
    const hidden = asked().length;
    await pass(60_000);
    expect(asked()).toHaveLength(hidden);
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    fireEvent(document, new Event('visibilitychange'));
    await pass(300);
    expect(asked().length).toBeGreaterThan(hidden);
  });

  it('say why there is nothing', async () => {
    const failing = client().answer('history.query', () => {
      throw new RpcError('unavailable', 'The main process is not answering.');
    });
    await openHistory(failing);
    expect(chart('VPN connected').textContent).toContain(
      'The history could not be read: The main process is not answering.',
    );
    expect(chart('Hit rate').textContent).toContain('75 % of 12 lookups');
  });

  it('of whom nothing was asked say so', async () => {
    const on = client();
    const { user, pass } = await openHistory(on);
    await user.click(screen.getByRole('combobox', { name: 'Hit rate and answer time of' }));
    await pass(300);
    await user.click(screen.getByRole('option', { name: /Engine totals/ }));
    await pass(300);
    expect(chart('Hit rate').textContent).toContain('Engine totals: 50 % of 2 lookups');
    on.answer('history.scopes', ({ from, to }) => ({
      from,
      to,
      bucketMs: minute,
      at: [to - minute],
      scopes: [],
    }));
    await user.click(screen.getByRole('button', { name: 'the last 7 days' }));
    await pass(300);
    expect(chart('Hit rate').textContent).toContain('Nothing was sampled in this time.');
    expect(chart('Hit rate').textContent).toContain('Engine totals: no requests in the last 7 days.');
  });
});
