import { existsSync } from 'node:fs';
import { findBrowser } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { engine, status, totals, vpnOf } from '../support/page-world.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * `npm run soak [-- <hours>]`: the built page through 8 simulated hours of polls, as fast as it can draw them, and how
 * much its heap grows after collection. The first hour fills what has a bound: the minutes on a chart, the events listed.
 */
const pollMs = 5000;
const pollsPerHour = 3_600_000 / pollMs;
/** Every 30 min the other pages are looked at for a minute each, as someone at a desk does. */
const roundEvery = pollsPerHour / 2;
const minuteOfPolls = 12;
/** MB/h, the first hour left out. */
const barMb = 1;
const start = Date.UTC(2026, 10, 21, 8);

interface Hour {
  readonly hour: number;
  /** After collection, 10^6 bytes. */
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** A backend that is never twice the same: numbers move, the VPN drops now and then, some replies are slow or missing. */
function live({ script }: CoreOnScript, poll: number): void {
  const wave = (period: number): number => (1 + Math.sin((2 * Math.PI * poll) / period)) / 2;
  const healthy = 5 + Math.round(3 * wave(97));
  script.latency = poll % 61 === 0 ? 2500 : 80 + Math.round(170 * wave(13));
  script.values = {
    engineTotals: { ...totals, cpuPercent: 100 + 60 * wave(31), networkRxBytes: 45e9 + poll * 1e6 },
    orchestratorStatus: { ...status, engines: { total: 8, running: 8, healthy, unhealthy: 8 - healthy } },
    vpnStatus: vpnOf({ connected: poll % 240 < 236 }),
    engineList: { engines: Array.from({ length: 8 }, (_, n) => ({ ...engine, id: `engine-${n}` })) },
    serverCache: { size: 3, hits: poll, misses: poll / 4, hitRatePercent: 80, entries: null },
  };
}

async function look({ session }: Stage, hour: number): Promise<Hour> {
  // Twice: what the first leaves behind of weak references and finalisers, the second takes.
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { hour, heapMb: usedSize / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/** Every page of the rail for a minute, then the first one again. @returns how many polls there were by then */
async function visitOthers(stage: Stage, poll: number): Promise<number> {
  const links = stage.page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  let polls = poll;
  for (let nth = 1; nth < (await links.count()); nth += 1) {
    await links.nth(nth).click();
    for (let n = 0; n < minuteOfPolls; n += 1) await onePoll(stage, (polls += 1));
  }
  await links.first().click();
  return polls;
}

async function onePoll(stage: Stage, poll: number): Promise<void> {
  live(stage.core, poll);
  // The tick with its polls, then what asks for statistics, then the seconds between.
  const toTick = (): number => pollMs - (stage.core.clock.wall() % pollMs);
  for (const ms of [200, 800]) await stage.advance(ms);
  await stage.advance(toTick());
}

async function soak(hours: number, tell: (hour: Hour) => void): Promise<Hour[]> {
  const stage = await openStage(start, (core) => live(core, 0));
  try {
    await stage.session.send('Performance.enable');
    await stage.advance(pollMs - (stage.core.clock.wall() % pollMs)); // on a tick
    const told: Hour[] = [];
    for (let poll = 0; poll < hours * pollsPerHour;) {
      if (poll % roundEvery === roundEvery / 3) poll = await visitOthers(stage, poll);
      await onePoll(stage, (poll += 1));
      if (poll < (told.length + 1) * pollsPerHour) continue;
      const hour = await look(stage, told.length + 1);
      told.push(hour);
      tell(hour);
    }
    if (stage.complaints.length > 0) throw new Error(`The page complained: ${stage.complaints.join('\n')}`);
    const shown = await stage.page.getByRole('heading', { level: 1 }).textContent();
    if (shown !== 'Overview') throw new Error(`The page ended on “${shown}”`);
    return told;
  } finally {
    await stage.close();
  }
}

/** Least squares: what one collection happens to leave behind must not decide. */
function growth(hours: readonly Hour[]): number {
  const settled = hours.slice(hours.length > 2 ? 1 : 0);
  const mean = (of: (hour: Hour) => number): number =>
    settled.reduce((sum, hour) => sum + of(hour), 0) / settled.length;
  const [hour, heap] = [mean((one) => one.hour), mean((one) => one.heapMb)];
  const slope = mean((one) => (one.hour - hour) * (one.heapMb - heap));
  const spread = mean((one) => (one.hour - hour) ** 2);
  return spread === 0 ? NaN : slope / spread;
}

const hours = Number(process.argv[2] ?? 8);
if (!Number.isInteger(hours) || hours < 2) {
  console.error('At least two whole hours: the first one fills what has a bound.');
  process.exitCode = 2;
} else if (findBrowser() === null) {
  console.log('SKIPPED: no browser found');
} else if (!existsSync(inProject('out/renderer/index.html'))) {
  console.log('SKIPPED: nothing is built: npm run build');
} else {
  const began = performance.now();
  const told = await soak(hours, ({ hour, heapMb, nodes, listeners }) =>
    console.log(
      `hour ${hour}: heap ${heapMb.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners ` +
        `(${((performance.now() - began) / 1000).toFixed(0)} s)`,
    ),
  );
  const mbPerHour = growth(told);
  const met = mbPerHour <= barMb;
  console.log(
    `${hours} h, ${hours * pollsPerHour} polls: ${mbPerHour.toFixed(3)} MB/h after the first hour  ` +
      `bar ${barMb} MB/h: ${met ? 'met' : 'MISSED'}`,
  );
  if (!met) process.exitCode = 1;
}
