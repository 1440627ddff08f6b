import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { CacheExplorer } from '../../../electron/core/explorer/cache-explorer.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { engine, status as orchestratorStatus, vpnOf } from '../../support/page-world.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';
import type { Answer, Line } from './ledger.ts';

const second = 1000;
const minute = 60 * second;
export const ownTtl = 2 * minute;

/** What the orchestrator answers, where a comparison of before and after looks into it. */
export const replies = { orchestratorStatus, vpnStatus: vpnOf(), engineList: { engines: [engine] } };

/**
 * Half an hour of main on a fake clock: two pages, two users with keys of their own, an outage, a slow spell, forced
 * refreshes, clear, invalidate, delete and undo in the middle of loads, refresh ahead off, cache off, evictions.
 * Nothing is looked up in the ten seconds before 15, 5 and 1 min from its end.
 */
export async function scriptedHalfHour() {
  const clock = new FakeClock(1_000_000_000_000);
  const startedAt = clock.wall();
  const cache = new TtlCache({ clock, random: () => 0.5, max: 12 });
  const script = new ScriptedSource(clock);
  script.values = replies;
  const lines: Line[] = [];
  const answers: Answer[] = [];
  const asked = new Map<string, string[]>();
  cache.on((event) => lines.push(event));
  const status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5 * second,
    random: () => 0.5,
    onRequest: ({ at, resource, ms }) => answers.push({ key: resource, from: at, to: at + ms }),
  });
  let undoIds = 0;
  const explorer = new CacheExplorer({
    clock,
    cache,
    reload: (keys) => status.loadActive(keys),
    onClear: () => {},
    newId: () => `undo-${(undoIds += 1)}`,
    record: () => {},
  });

  let drawn = 7;
  const draw = (most: number): number => {
    drawn = (drawn * 1103515245 + 12345) % 2147483648;
    return drawn % most;
  };
  script.latency = () => 40 + draw(860);

  /** What somebody reads for themselves, past the status service: fails while `failing`. */
  let failing = false;
  async function read(user: string, key: string): Promise<void> {
    const load = async (): Promise<string> => {
      const from = clock.wall();
      await new Promise<void>((resolve) => void clock.after(50 + draw(200), resolve));
      if (failing) throw new Error('down');
      answers.push({ key, from, to: clock.wall() });
      return valueOf(key);
    };
    const { served } = await cache.read(key, load, { ttl: ownTtl, user });
    asked.set(user, [...(asked.get(user) ?? []), served]);
  }

  let pages = 2;
  let shown: readonly ResourceKey[] = watchedResources;
  function ask(): void {
    clock.after(5 * second, ask);
    for (let page = 0; page < pages; page += 1) for (const key of shown) void status.poll(key);
  }
  clock.after(5 * second + 20, ask);
  function askOwn(): void {
    clock.after(17 * second, askOwn);
    if (status.paused) return;
    for (const user of ['ann', 'bob']) {
      void read(user, `session:${user}:context`);
      if (draw(3) > 0) void read(user, `session:${user}:context`);
      void read(user, 'shared:zones');
    }
  }
  clock.after(2 * second, askOwn);

  const until = (at: number): Promise<void> => clock.advance(startedAt + at - clock.wall());
  /** Ten seconds in which nobody looks at anything, to just past `at`. */
  async function quiet(at: number): Promise<void> {
    await until(at - 10 * second);
    status.paused = true;
    await until(at + 100);
    status.paused = false;
  }
  const end = 30 * minute + 2500;

  cache.start();
  status.start();
  await until(4 * minute);
  shown = [...watchedResources, 'engines:list', 'health:status'];
  await until(6 * minute);
  script.failure = new SourceError('unreachable', 'Connection refused.');
  failing = true;
  await until(6 * minute + 50 * second);
  script.failure = null;
  failing = false;
  await until(8 * minute);
  script.latency = 6000;
  await until(8 * minute + 30 * second);
  script.latency = () => 40 + draw(860);
  shown = watchedResources;
  await until(10 * minute + 2 * second);
  const forced = status.forceRefresh('all');
  await until(10 * minute + 2100);
  void status.forceRefresh(['engines:list', 'stats:total']);
  await clock.advance(3 * second);
  await forced;
  script.latency = 900;
  await until(12 * minute + 2500);
  const cleared = explorer.clear();
  await clock.advance(200);
  for (const key of watchedResources) void status.poll(key);
  await clock.advance(100);
  const again = explorer.invalidate('*:status'); // in the middle of the reload, with polls waiting for it
  await clock.advance(700); // one reload is done by now, two are under way
  const undone = [explorer.undo(cleared.undo?.id ?? '')];
  await until(13 * minute + 2500);
  void status.forceRefresh(['vpn:status']);
  await clock.advance(100);
  const deleted = explorer.delete(['vpn:status', 'session:ann:context']);
  await clock.advance(500);
  undone.push(explorer.undo(deleted.undo?.id ?? ''));
  await clock.advance(5 * second);
  script.latency = () => 40 + draw(860);
  await quiet(end - 15 * minute);
  status.refreshAhead = false;
  for (let n = 0; n < 14; n += 1) void read('ann', `list:${n}`);
  await until(18 * minute + 2500);
  status.refreshAhead = true;
  script.latency = 100;
  await until(19 * minute + 2500);
  pages = 1;
  status.cacheOn = false;
  lines.push({ switched: 'off', at: clock.wall() });
  await until(20 * minute + 2500);
  lines.push({ switched: 'on', at: clock.wall() });
  status.cacheOn = true;
  pages = 2;
  await quiet(end - 5 * minute);
  script.latency = () => 40 + draw(260);
  await quiet(end - minute);
  await until(end);
  return { clock, cache, explorer, lines, answers, asked, startedAt, again, undone };
}

export function valueOf(key: string): string {
  return `what ${key} holds`;
}
