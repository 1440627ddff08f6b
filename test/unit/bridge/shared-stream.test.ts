import { afterEach, describe, expect, test } from 'vitest';
import type { FeedStreamEvents } from '../../../renderer/client/feed-stream.ts';
import { answerLimit, quietLimit, sharedStream } from '../../../renderer/client/shared-stream.ts';
import type { LocksLike } from '../../../renderer/client/shared-stream.ts';
import { FakeClock } from '../../support/fake-clock.ts';

// Node's own BroadcastChannel and Web Locks, which are what browsers have.

interface Tab {
  readonly seen: unknown[];
  /** The stream this tab opened itself, if it leads. */
  own: FeedStreamEvents | null;
  retries: number;
  /** Leaves it deaf and dumb, its lock still held: what a browser does to a tab it freezes. */
  freeze(): void;
  close(): void;
  retry(): void;
}

const tabs: Tab[] = [];
let clock = new FakeClock();
let channels = 0;
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
  channels += 1;
  clock = new FakeClock();
});

function openTab(locks: LocksLike = navigator.locks): Tab {
  const tab: Tab = { seen: [], own: null, retries: 0, freeze: () => {}, close: () => {}, retry: () => {} };
  const stream = sharedStream({
    locks,
    openChannel: () => {
      const channel = new BroadcastChannel(`test-${channels}`);
      let frozen = false;
      tab.freeze = () => (frozen = true);
      const frozenOr =
        <T>(task: (given: T) => void) =>
        (given: T): void => {
          if (!frozen) task(given);
        };
      return {
        postMessage: frozenOr(channel.postMessage.bind(channel)),
        addEventListener: (type, listener) => channel.addEventListener(type, frozenOr(listener)),
        close: () => channel.close(),
      };
    },
    after: (ms, task) => clock.after(ms, task),
    own: (events) => {
      tab.own = events;
      return {
        retry: () => (tab.retries += 1),
        stop: () => {
          tab.own = null;
        },
      };
    },
  })({
    message: (name, message) => tab.seen.push(`${name} ${message.revision}`),
    state: (state) => tab.seen.push(state),
  });
  tab.close = () => stream.stop();
  tab.retry = () => stream.retry();
  tabs.push(tab);
  return tab;
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
}

const message = (revision: number) => ({ revision, value: null });

async function threeTabs(): Promise<{ leader: Tab; followers: Tab[] }> {
  const leader = openTab();
  await until(() => leader.own !== null);
  leader.own?.state('open');
  leader.own?.message('demo.state', message(1));
  leader.own?.message('tray.model', message(4));
  const followers = [openTab(), openTab()];
  await until(() => followers.every((tab) => tab.seen.length >= 3));
  return { leader, followers };
}

describe('shared stream', () => {
  test('one tab streams; a tab that joins gets state and current values at once', async () => {
    const { leader, followers } = await threeTabs();
    expect(leader.seen).toEqual(['open', 'demo.state 1', 'tray.model 4']);
    for (const tab of followers) {
      expect(tab.own).toBeNull();
      expect(tab.seen.slice(0, 3)).toEqual(['open', 'demo.state 1', 'tray.model 4']);
    }
  });

  test('every tab hears each change and each state', async () => {
    const { leader, followers } = await threeTabs();
    leader.own?.message('demo.state', message(2));
    leader.own?.state('lost');
    await until(() => followers.every((tab) => tab.seen.includes('lost')));
    for (const tab of [leader, ...followers]) expect(tab.seen.slice(-2)).toEqual(['demo.state 2', 'lost']);
  });

  test('the next tab takes over when the leader closes', async () => {
    const { leader, followers } = await threeTabs();
    leader.close();
    expect(leader.own).toBeNull();
    await until(() => followers.some((tab) => tab.own !== null));
    const [next, other] = followers[0]?.own ? followers : followers.toReversed();
    next?.own?.message('demo.state', message(7));
    await until(() => other?.seen.at(-1) === 'demo.state 7');
    expect(next?.seen.at(-1)).toBe('demo.state 7');
    expect(other?.own).toBeNull();
    const late = openTab();
    await until(() => late.seen.includes('demo.state 7'));
    expect(late.seen).toContain('open');
  });

  test('a follower that heard from the server makes the leader try again', async () => {
    const { leader, followers } = await threeTabs();
    followers[0]?.retry();
    await until(() => leader.retries > 0);
    leader.retry();
    expect(leader.retries).toBe(2);
  });

  test('so does a tab that joins while the stream is away', async () => {
    const { leader } = await threeTabs();
    leader.own?.state('lost');
    const joining = openTab();
    await until(() => joining.seen.includes('lost') && leader.retries > 0);
    expect(leader.retries).toBe(1);
  });

  test('a tab that closes while it queues leaves the queue', async () => {
    const { leader, followers } = await threeTabs();
    followers[0]?.close();
    leader.close();
    await until(() => followers[1]?.own !== null);
    expect(followers[0]?.own).toBeNull();
  });

  test('a quiet leader is asked for a word, and a tab that missed something learns it', async () => {
    const { leader, followers } = await threeTabs();
    for (const tab of followers) tab.seen.length = 0;
    await clock.advance(quietLimit);
    await until(() => followers.every((tab) => tab.seen.includes('tray.model 4')));
    await clock.advance(answerLimit);
    expect(leader.own).not.toBeNull();
    expect(followers.map((tab) => tab.own)).toEqual([null, null]);
  });

  test('a leader that does not answer loses its place, and queues again when it is back', async () => {
    const { leader, followers } = await threeTabs();
    leader.freeze();
    await clock.advance(quietLimit);
    await clock.advance(answerLimit);
    await until(() => leader.own === null && followers.filter((tab) => tab.own !== null).length === 1);
    const [next, other] = followers[0]?.own ? followers : followers.toReversed();
    next?.own?.message('demo.state', message(7));
    await until(() => other?.seen.at(-1) === 'demo.state 7');
    expect(other?.own).toBeNull();
    next?.close();
    other?.close();
    await until(() => leader.own !== null);
  });

  test('where the browser denies locks, each tab streams for itself', async () => {
    const denied: LocksLike = { request: () => Promise.reject(new Error('denied')) };
    const [first, second] = [openTab(denied), openTab(denied)];
    await until(() => first.own !== null && second.own !== null);
    second.own?.message('demo.state', message(1));
    expect(second.seen).toEqual(['demo.state 1']);
  });
});
