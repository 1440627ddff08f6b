import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { defaultTtls } from '../../shared/model/resources.ts';

const key = 'the-key-of-the-bench';
const routes = [
  { path: '/engines/stats/total', ttl: defaultTtls['stats:total'] },
  { path: '/orchestrator/status', ttl: defaultTtls['orchestrator:status'] },
  { path: '/vpn/status', ttl: defaultTtls['vpn:status'] },
] as const;
/** Beside them, for comparison, at the same moments: a server that answers at once. */
const bare = 'nothing but HTTP';
const requestsPerSecond = 200;
/** ms; loads are as they will be by then. */
const warmUp = 15_000;
const minute = 60_000;
/** The largest p99 allowed, ms. */
const barMs = 20;

export interface ControlRow {
  readonly path: string;
  readonly requests: number;
  readonly failures: number;
  /** Requests that had to wait for a load. */
  readonly waited: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Requests that reached the backend within the minute, and how many may; null: there is none. */
  readonly backend: { readonly loads: number; readonly most: number } | null;
}

interface Sample {
  readonly route: number;
  readonly ms: number;
  readonly ok: boolean;
  readonly waited: boolean;
}

/** Asks the three routes at random moments, without waiting for one reply before the next request. */
async function ask(addresses: readonly URL[], forMs: number): Promise<Sample[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const samples: Promise<Sample>[] = [];
  const begun = performance.now();
  let due = begun;
  while (performance.now() - begun < forMs) {
    due += (-Math.log(1 - Math.random()) * 1000) / (requestsPerSecond * (4 / 3));
    const early = due - performance.now();
    if (early > 0) await wait(early);
    const route = Math.floor(Math.random() * addresses.length);
    const address = addresses[route];
    if (address) samples.push(one(address, agent, route));
  }
  const done = await Promise.all(samples);
  agent.destroy();
  return done;
}

function one(url: URL, agent: Agent, route: number): Promise<Sample> {
  const from = performance.now();
  return new Promise((resolve) => {
    const ended = (ok: boolean, waited = false): void =>
      resolve({ route, ok, waited, ms: performance.now() - from });
    get(url, { agent, headers: { 'X-API-KEY': key } }, (response) => {
      response.resume();
      const status = String(response.headers['cache-status']);
      response.on('end', () => ended(response.statusCode === 200, status.includes('; fwd=')));
    }).on('error', () => ended(false));
  });
}

function start(file: string): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, BENCH_KEY: key } });
}

async function addressOf(server: ChildProcess): Promise<string> {
  const [{ url }] = (await once(server, 'message')) as [{ url: string }];
  return url;
}

async function countsOf(server: ChildProcess): Promise<readonly number[]> {
  server.send(routes.map(({ path }) => path));
  const [{ counts }] = (await once(server, 'message')) as [{ counts: readonly number[] }];
  return counts;
}

/** A minute of requests at a control API in another process, whose demo backend takes 80 to 250 ms for a load. */
export async function controlRows(): Promise<ControlRow[]> {
  const server = start('control-server.ts');
  const comparison = start('bare-server.ts');
  try {
    const [base, nothing] = await Promise.all([server, comparison].map(addressOf));
    const addresses = [...routes.map(({ path }) => new URL(path, base)), new URL(nothing ?? '')];
    await ask(addresses, warmUp);
    const before = await countsOf(server);
    const samples = await ask(addresses, minute);
    const after = await countsOf(server);
    return [...routes, { path: bare, ttl: null }].map(({ path, ttl }, route) => {
      const own = samples.filter((sample) => sample.route === route);
      const times = own.map(({ ms }) => ms).toSorted((a, b) => a - b);
      const at = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
      return {
        path,
        requests: own.length,
        failures: own.filter(({ ok }) => !ok).length,
        waited: own.filter(({ waited }) => waited).length,
        p50: at(0.5),
        p99: at(0.99),
        max: times.at(-1) ?? 0,
        backend:
          ttl === null ? null : { loads: (after[route] ?? 0) - (before[route] ?? 0), most: minute / ttl + 2 },
      };
    });
  } finally {
    for (const each of [server, comparison]) each.disconnect();
    await Promise.all([server, comparison].map((each) => once(each, 'exit')));
  }
}

/** The rows as aligned lines, with whether each bar was met. */
export function controlTable(rows: readonly ControlRow[]): string {
  return rows
    .map(({ path, requests, failures, waited, p50, p99, max, backend }) => {
      const times = `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  max ${max.toFixed(0)} ms`;
      const line = `${path.padEnd(22)}${requests} requests, ${waited} waited, ${failures} failed  ${times}`;
      if (!backend) return line;
      const met = failures === 0 && p99 <= barMs && backend.loads <= backend.most ? 'met' : 'MISSED';
      return `${line}  ${backend.loads} loads  bar p99 ${barMs} ms, ${backend.most} loads: ${met}`;
    })
    .join('\n');
}

if (import.meta.main) console.log(controlTable(await controlRows()));
