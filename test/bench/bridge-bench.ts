import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handlers } from '../../electron/core/router.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import type { Contract } from '../../shared/contract/index.ts';
import { bridgeFixture } from '../support/bridge-fixture.ts';
import { linkTo, serveFixture, signIn } from '../support/browser-session.ts';
import { createMemoryLink } from '../support/memory-link.ts';

/** Round trips of one call over one transport, in ms. */
export interface BridgeRow {
  readonly transport: 'memory' | 'http';
  readonly call: string;
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
  /** Largest p95 allowed; null: a comparison only. */
  readonly bar: number | null;
}

const ticks = 180;

/** The history of 15 minutes, the largest reply that a page polls. */
function fullHistory(): ReturnType<Handlers<Contract>['cache.history']> {
  const column = (start: number): number[] => Array.from({ length: ticks }, (_, n) => start + n);
  return {
    at: column(1_000_000_000_000),
    hits: column(0),
    staleHits: column(0),
    misses: column(0),
    coalesced: column(0),
    prefetches: column(0),
    rate: column(0),
    rateN: column(0),
    cumulative: column(0),
    callsPerMinute: column(0),
    marks: [],
    explanation: 'Refresh ahead loads 1 s before each poll.',
  };
}

const asked: readonly { readonly title: string; readonly ask: (client: Client) => Promise<unknown> }[] = [
  { title: 'cache.clearPreview', ask: (client) => client.call('cache.clearPreview', {}) },
  { title: `cache.history, ${ticks} ticks`, ask: (client) => client.call('cache.history', {}) },
];

async function measure(
  transport: BridgeRow['transport'],
  client: Client,
  calls: number,
): Promise<BridgeRow[]> {
  const rows: BridgeRow[] = [];
  for (const { title, ask } of asked) {
    for (let warm = 0; warm < calls / 10; warm += 1) await ask(client);
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const begun = performance.now();
      await ask(client);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
    const bar = transport === 'http' && rows.length === 0 ? 2 : null;
    rows.push({ transport, call: title, calls, p50: at(0.5), p95: at(0.95), bar });
  }
  return rows;
}

/** One call after another, from the typed client to the router and back, with no backend behind it. */
export async function bridgeRows(calls = 2000): Promise<BridgeRow[]> {
  const fixture = bridgeFixture({ 'cache.history': fullHistory });
  const pageFolder = await mkdtemp(join(tmpdir(), 'cachedeck-bench-'));
  const host = await serveFixture(fixture, pageFolder);
  const link = linkTo(host, await signIn(host));
  try {
    return [
      ...(await measure('memory', createClient(createMemoryLink(fixture.router)), calls)),
      ...(await measure('http', createClient(link), calls)),
    ];
  } finally {
    link.close();
    await host.close();
    await rm(pageFolder, { recursive: true });
  }
}

/** The rows as aligned lines, with whether each bar was met. */
export function bridgeTable(rows: readonly BridgeRow[]): string {
  return rows
    .map(({ transport, call, p50, p95, bar }) => {
      const met = bar === null ? '' : `  bar p95 ${bar} ms: ${p95 <= bar ? 'met' : 'MISSED'}`;
      return `${transport.padEnd(8)}${call.padEnd(26)}p50 ${p50.toFixed(3)} ms  p95 ${p95.toFixed(3)} ms${met}`;
    })
    .join('\n');
}

if (import.meta.main) console.log(bridgeTable(await bridgeRows()));
