import { watchedResources } from '../../shared/model/resources.ts';
import type { WatchedResource } from '../../shared/model/resources.ts';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { resourceSpecs } from '../../electron/core/status/resources.ts';
import type { ResourceSpec } from '../../electron/core/status/resources.ts';
import { StatusService } from '../../electron/core/status/status-service.ts';
import { msToNextTick } from '../../electron/core/status/ticks.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ScriptedSource } from '../support/scripted-source.ts';

const pollMs = 5000;
/** Simulated minutes each row runs for, after one to warm up. */
const minutes = 10;

interface Answer {
  /** ms since the load of the value began. */
  readonly age: number;
  readonly outcome: 'hit' | 'coalesced' | 'other';
}

interface Stage {
  readonly clock: FakeClock;
  readonly script: ScriptedSource;
  readonly random: () => number;
}

/** One way to answer polls. */
interface Way {
  readonly name: string;
  /** Whether clients ask on common ticks or each on its own phase. */
  readonly aligned: boolean;
  readonly start: (stage: Stage) => (key: WatchedResource) => Promise<Answer>;
}

const specs = resourceSpecs.filter((spec) => watchedResources.some((key) => key === spec.key));

const ways: readonly Way[] = [
  { name: 'no cache', aligned: false, start: withoutCache },
  { name: 'plain TTL', aligned: false, start: plainTtl },
  { name: 'this', aligned: true, start: thisCache },
];

/** Every poll is a request. */
function withoutCache({ clock, script }: Stage): (key: WatchedResource) => Promise<Answer> {
  return async (key) => {
    const began = clock.mono();
    await load(specOf(key), script);
    return { age: clock.mono() - began, outcome: 'other' };
  };
}

/** A value counts for its TTL; every miss loads for itself. */
function plainTtl({ clock, script }: Stage): (key: WatchedResource) => Promise<Answer> {
  const stored = new Map<WatchedResource, { began: number; at: number }>();
  return async (key) => {
    const held = stored.get(key);
    if (held && clock.mono() - held.at < specOf(key).ttl) {
      return { age: clock.mono() - held.began, outcome: 'hit' };
    }
    const began = clock.mono();
    await load(specOf(key), script);
    stored.set(key, { began, at: clock.mono() });
    return { age: clock.mono() - began, outcome: 'other' };
  };
}

/** Aligned ticks, single flight, refresh ahead. */
function thisCache({ clock, script, random }: Stage): (key: WatchedResource) => Promise<Answer> {
  const status = new StatusService({
    clock,
    cache: new TtlCache({ clock, random }),
    source: script.source,
    specs,
    watched: watchedResources,
    pollMs,
    random,
  });
  status.start();
  return async (key) => {
    const { reading } = await status.poll(key);
    const { served, age } = reading;
    return {
      age: age ?? NaN,
      outcome: served === 'hit' || served === 'coalesced' ? served : 'other',
    };
  };
}

function specOf(key: WatchedResource): ResourceSpec {
  const spec = specs.find((one) => one.key === key);
  if (!spec) throw new Error(`no resource ${key}`);
  return spec;
}

async function load(spec: ResourceSpec, script: ScriptedSource): Promise<void> {
  await spec.load(script.source, new AbortController().signal);
}

export interface FanOutRow {
  readonly way: string;
  readonly clients: number;
  /** Backend calls a minute, one resource. */
  readonly callsPerMinute: number;
  readonly hitPercent: number;
  readonly coalescedPercent: number;
  readonly meanAgeMs: number;
  readonly meanWaitMs: number;
  readonly p95WaitMs: number;
}

async function measure(way: Way, clients: number): Promise<FanOutRow> {
  const clock = new FakeClock();
  const random = seeded(7);
  const script = new ScriptedSource(clock);
  script.latency = () => 80 + Math.floor(random() * 170); // the demo backend's latencies
  const ask = way.start({ clock, script, random });
  const waits: number[] = [];
  const answers: Answer[] = [];
  let measuring = false;

  function client(): void {
    const phase = way.aligned
      ? msToNextTick(clock.wall(), pollMs) + Math.floor(random() * 30)
      : Math.floor(random() * pollMs);
    const again = (): void => {
      clock.after(pollMs, again);
      for (const key of watchedResources) void poll(key);
    };
    clock.after(phase, again);
  }
  async function poll(key: WatchedResource): Promise<void> {
    const began = clock.mono();
    const answer = await ask(key);
    if (!measuring) return;
    answers.push(answer);
    waits.push(clock.mono() - began);
  }

  for (let index = 0; index < clients; index += 1) client();
  await clock.advance(60_000);
  measuring = true;
  const asked = script.asked.length;
  await clock.advance(minutes * 60_000);
  waits.sort((a, b) => a - b);
  const share = (outcome: Answer['outcome']): number =>
    (100 * answers.filter((answer) => answer.outcome === outcome).length) / answers.length;
  return {
    way: way.name,
    clients,
    callsPerMinute: (script.asked.length - asked) / minutes / watchedResources.length,
    hitPercent: share('hit'),
    coalescedPercent: share('coalesced'),
    meanAgeMs: mean(answers.map((answer) => answer.age)),
    meanWaitMs: mean(waits),
    p95WaitMs: waits[Math.floor(0.95 * waits.length)] ?? NaN,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** mulberry32: the same run each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Simulates clients that poll three resources every 5 s; every way, for 1, 5 and 20 of them. */
export async function fanOut(): Promise<FanOutRow[]> {
  const rows = [];
  for (const clients of [1, 5, 20]) for (const way of ways) rows.push(await measure(way, clients));
  return rows;
}

/** The rows as aligned lines. */
export function fanOutTable(rows: readonly FanOutRow[]): string {
  const cells = rows.map((row) => [
    String(row.clients),
    row.way,
    row.callsPerMinute.toFixed(1),
    `${row.hitPercent.toFixed(1)} %`,
    `${row.coalescedPercent.toFixed(1)} %`,
    `${row.meanAgeMs.toFixed(0)} ms`,
    `${row.meanWaitMs.toFixed(0)} ms`,
    `${row.p95WaitMs.toFixed(0)} ms`,
  ]);
  const head = ['clients', 'way', 'calls/min', 'hit', 'coalesced', 'age', 'wait', 'wait p95'];
  return [head, ...cells]
    .map((line) => line.map((cell, at) => (at === 1 ? cell.padEnd(10) : cell.padStart(10))).join(' '))
    .join('\n');
}

if (import.meta.main) console.log(fanOutTable(await fanOut()));
