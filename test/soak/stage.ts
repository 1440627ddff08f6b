import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { findBrowser } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';
import { pageHeaders } from '../../electron/hosts/page-headers.ts';
import { readPageFile } from '../../electron/hosts/static-files.ts';
import { entryNames } from '../../shared/contract/index.ts';
import type { EntryName, FeedMessage } from '../../shared/rpc/wire.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { FakeClock } from '../support/fake-clock.ts';

const origin = 'http://cachedeck.test';

/** The built page in a browser and the real core, both on clocks that move only when told, with a bridge between. */
export interface Stage {
  readonly page: Page;
  readonly session: CDPSession;
  readonly core: CoreOnScript;
  /** Lets both clocks run for `ms`; everything the page asked meanwhile has been answered when it resolves. */
  advance(ms: number): Promise<void>;
  /** What the page complained about. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

interface Push {
  readonly name: string;
  readonly message: FeedMessage;
}

declare global {
  interface Window {
    soakCall(name: string, input: unknown): Promise<unknown>;
    soakSubscribe(name: string): Promise<void>;
    soakPush(pushes: readonly Push[]): void;
  }
}

/** Runs in the page, before it: what the preload does, over the test's own functions. */
function bridge(entries: readonly EntryName[]): void {
  const listeners = new Map<string, Set<(message: FeedMessage) => void>>();
  const latest = new Map<string, FeedMessage>();
  const feed = (name: string) => (onMessage: (message: FeedMessage) => void) => {
    const own = listeners.get(name) ?? new Set();
    listeners.set(name, own);
    own.add(onMessage);
    const known = latest.get(name);
    if (known) onMessage(known);
    else void window.soakSubscribe(name);
    return () => void own.delete(onMessage);
  };
  const call = (name: string) => (input: unknown) => window.soakCall(name, input);
  window.soakPush = (pushes) => {
    for (const { name, message } of pushes) {
      latest.set(name, message);
      for (const listener of listeners.get(name) ?? []) listener(message);
    }
  };
  const functions = entries.map(({ name, kind }) => [name, kind === 'call' ? call(name) : feed(name)]);
  Object.defineProperty(window, 'cachedeck', { value: Object.fromEntries(functions) });
}

/**
 * @param start UTC ms of both clocks
 * @param prepare tells the backend what to answer, before it is asked
 */
export async function openStage(start: number, prepare: (core: CoreOnScript) => void): Promise<Stage> {
  const core = await startCoreOnScript({ clock: new FakeClock(start), options: { profile: 'demo' } });
  prepare(core);
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  let waiting = 0;
  let pushes: Push[] = [];
  const subscribed = new Set<string>();
  await page.exposeFunction('soakCall', async (name: string, input: unknown) => {
    waiting += 1;
    try {
      return await core.core.router.call(name, input, { role: 'admin' });
    } finally {
      waiting -= 1;
    }
  });
  await page.exposeFunction('soakSubscribe', (name: string) => {
    if (subscribed.has(name)) return;
    subscribed.add(name);
    core.core.router.subscribe(name, { role: 'admin' }, (message) => pushes.push({ name, message }));
  });
  await page.route(`${origin}/**`, async (route) => {
    const file = await readPageFile(inProject('out/renderer'), new URL(route.request().url()).pathname);
    if (file.status !== 200) return route.fulfill({ status: file.status });
    return route.fulfill({ body: file.body, headers: { ...pageHeaders(), 'Content-Type': file.type } });
  });
  await page.clock.install({ time: start });
  await page.addInitScript(bridge, entryNames);
  await page.goto(`${origin}/`);
  await page.clock.pauseAt(start + 1000);
  await core.clock.advance(1000);

  const atRest = (): boolean => waiting === 0 && pushes.length === 0;

  /** No call under way and no push on its way. */
  async function settle(): Promise<void> {
    let turns = 0;
    do {
      turns += 1;
      if (turns > 400) throw new Error(`${waiting} calls of the page are never answered`);
      const sent = pushes;
      pushes = [];
      // Answers of a slow backend need its time, which is main's.
      if (waiting > 0 && turns > 3) await core.clock.advance(50);
      await page.evaluate((all) => window.soakPush(all), sent);
    } while (!atRest());
  }

  return {
    page,
    session: await page.context().newCDPSession(page),
    core,
    complaints,
    async advance(ms) {
      const until = core.clock.wall() + ms;
      await core.clock.advance(ms);
      await page.clock.runFor(ms);
      await settle();
      if (core.clock.wall() > until) await page.clock.runFor(core.clock.wall() - until);
    },
    async close() {
      await browser.close();
      await core.core.stop();
    },
  };
}
