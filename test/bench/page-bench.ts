import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { findBrowser } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';
import { startApp } from '../e2e/support/app.ts';
import { goByRail } from '../e2e/support/page.ts';
import { fillHistory } from '../support/filled-history.ts';
import { median } from './measure.ts';

/** What the page's main thread spends, in ms a poll (5 s): scripts, everything, style and layout. */
export interface PageRow {
  readonly what: string;
  readonly polls: number;
  readonly script: number;
  readonly scriptMean: number;
  /** The part of `script` that four seconds without a poll take: ages that tick. */
  readonly ticks: number;
  readonly task: number;
  readonly layout: number;
  /** ms `script` may take; null: for comparison only. */
  readonly barMs: number | null;
}

/** How long it takes from a click in the rail until the Cache page shows its first rows. */
interface SwitchRow {
  readonly ms: readonly number[];
}

const pollMs = 5000;
/** The largest `script` allowed. */
const barMs = 30;
/** ms a page may take to show its content. */
const switchBarMs = 100;
/** Where in a poll's window to look, ms after its tick: all replies are drawn, nothing is loaded ahead yet. */
const quietFrom = 1600;
const quietTo = 3600;
const warmUpPolls = 12;

interface Spent {
  readonly script: number;
  readonly task: number;
  readonly layout: number;
}

async function spent(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const ms = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return {
    script: ms('ScriptDuration'),
    task: ms('TaskDuration'),
    layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
  };
}

/** Polls fall on whole multiples of 5 s of the wall clock. */
async function untilPhase(ms: number): Promise<void> {
  await wait((pollMs + ms - (Date.now() % pollMs)) % pollMs);
}

async function measure(
  page: Page,
  what: string,
  polls: number,
  bar: number | null = barMs,
): Promise<PageRow> {
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what other processes take of a busy machine is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const windows: Spent[] = [];
  const ticks: number[] = [];
  await untilPhase(quietFrom);
  let begun = await spent(session);
  for (let poll = 0; poll < polls; poll += 1) {
    await untilPhase(quietTo);
    const quiet = await spent(session);
    await untilPhase(quietFrom);
    const ended = await spent(session);
    ticks.push(((quiet.script - begun.script) / (quietTo - quietFrom)) * (pollMs - 1000));
    windows.push({
      script: ended.script - begun.script,
      task: ended.task - begun.task,
      layout: ended.layout - begun.layout,
    });
    begun = ended;
  }
  await session.detach();
  const of = (name: keyof Spent): number[] => windows.map((window) => window[name]);
  return {
    what,
    barMs: bar,
    polls,
    script: median(of('script')),
    scriptMean: of('script').reduce((sum, ms) => sum + ms, 0) / polls,
    ticks: median(ticks),
    task: median(of('task')),
    layout: median(of('layout')),
  };
}

/** Why there is nothing to measure; null: there is. */
export function pageBenchMissing(): string | null {
  if (findBrowser() === null) return 'no browser found';
  return existsSync(inProject('out/serve/index.js')) ? null : 'nothing is built: npm run build';
}

/** ms from a click in the rail until the page of the cache has its rows on screen; the page's own clock. */
async function switchOnce(page: Page): Promise<number> {
  await goByRail(page, 'Overview');
  await wait(500);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begun = performance.now();
        document.querySelector<HTMLAnchorElement>('a[href="#/cache"]')?.click();
        const look = (): void => {
          if (document.querySelector('.data-table tr[data-index] th .mono'))
            resolve(performance.now() - begun);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}

/** The built page on the demo with a day of history, warm and with its chart in view; then the charts of that day. */
export async function pageRows(
  polls = 12,
): Promise<{ readonly rows: PageRow[]; readonly switches: SwitchRow }> {
  const data = mkdtempSync(join(tmpdir(), 'cachedeck-page-bench-'));
  fillHistory({ folder: data, days: 1, everyMs: pollMs }); // the last 15 minutes are full from the start
  const app = await startApp({ CACHEDECK_DATA: data });
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await app.link());
    const show = async (span: string): Promise<void> => {
      await page.getByRole('button', { name: span, exact: true }).click();
      await page.mouse.move(0, 0);
    };
    await page.getByRole('region', { name: 'Hit rate' }).scrollIntoViewIfNeeded();
    await wait(warmUpPolls * pollMs);
    const rows = [await measure(page, 'Overview, 15 m', polls)];
    await show('the last 24 hours');
    await wait(2 * pollMs);
    rows.push(await measure(page, 'Overview, 24 h', polls));
    await goByRail(page, 'Cache');
    await page.getByRole('tab', { name: 'History' }).click();
    for (const [name, span] of [
      ['15 m', 'the last 15 minutes'],
      ['24 h', 'the last 24 hours'],
    ] as const) {
      await show(span);
      await wait(2 * pollMs);
      rows.push(await measure(page, `Cache, History, ${name}`, polls, null));
    }
    const switches: number[] = [];
    for (let n = 0; n < 6; n += 1) switches.push(await switchOnce(page));
    return { rows, switches: { ms: switches.slice(1) } };
  } finally {
    await browser.close();
    await app.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The rows as aligned lines, with whether the bars were met. */
export function pageTable({ rows, switches }: Awaited<ReturnType<typeof pageRows>>): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(9);
  const verdict = (value: number, bar: number): string => `${bar} ms: ${value <= bar ? 'met' : 'MISSED'}`;
  const slowest = Math.max(...switches.ms);
  return [
    ...rows.map(
      ({ what, script, scriptMean, ticks, task, layout, barMs: bar }) =>
        `${what.padEnd(32)} script ${ms(script)} (mean ${scriptMean.toFixed(1)}, of it ticks ` +
        `${ticks.toFixed(1)})  task ${ms(task)}  layout ${ms(layout)}` +
        (bar === null ? '' : `  bar script ${verdict(script, bar)}`),
    ),
    `${'Switch to Cache'.padEnd(32)} slowest of ${switches.ms.length} ${ms(slowest)} (median ${median([...switches.ms]).toFixed(1)})  bar ${verdict(slowest, switchBarMs)}`,
  ].join('\n');
}

if (import.meta.main) {
  const missing = pageBenchMissing();
  console.log(missing === null ? pageTable(await pageRows()) : `skipped: ${missing}`);
}
