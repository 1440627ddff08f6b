import { assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stamp } from '../../../renderer/live/ticker.ts';
import { stoppedSince } from '../../../renderer/wallboard/watchdog.ts';
import type { LinkState } from '../../../shared/rpc/client.ts';

const opened = 1_700_000_000_000;
/** Both clocks `ms` after the board was opened; the monotonic one stands still while the computer sleeps. */
const after = (ms: number, slept = 0): Stamp => ({ wall: opened + ms, mono: 1000 + ms - slept });

function since(data: Stamp, tick: Stamp, now: Stamp, link: LinkState = 'open', intervalMs = 5000) {
  return stoppedSince({ data, tick }, { now, link, intervalMs });
}

describe('a board', () => {
  it('lives while something arrived within three intervals', () => {
    expect(since(after(0), after(15_000), after(15_000))).toBeNull();
    expect(since(after(0), after(15_001), after(15_001))).toEqual(after(0));
  });

  it('is as patient as its interval is long', () => {
    expect(since(after(0), after(40_000), after(40_000), 'open', 15_000)).toBeNull();
    expect(since(after(0), after(46_000), after(46_000), 'open', 15_000)).toEqual(after(0));
  });

  it.each(['lost', 'signed-out'] as const)('has stopped at once when its link is %s', (link) => {
    expect(since(after(3000), after(4000), after(4000), link)).toEqual(after(3000));
  });

  it('that is still connecting is given its time', () => {
    expect(since(after(0), after(4000), after(4000), 'connecting')).toBeNull();
  });

  it('has stopped when the computer slept, by the clock that went on', () => {
    const woke = after(3_600_000, 3_598_000);
    expect(since(after(1000), after(2000), woke)).toEqual(after(1000));
    expect(since(woke, woke, woke)).toBeNull();
  });

  it('has stopped when its ages stand still though data arrives', () => {
    expect(since(after(60_000), after(40_000), after(60_000))).toEqual(after(40_000));
  });

  it('never claims to live on what is older than three intervals, nor to have stopped after now', () => {
    assert(
      property(nat(120_000), nat(120_000), nat(60_000), (data, tick, later) => {
        const now = Math.max(data, tick) + later;
        const stopped = since(after(data), after(tick), after(now));
        expect(stopped === null).toBe(now - data <= 15_000 && now - tick <= 15_000);
        expect(stopped?.wall ?? opened).toBeLessThanOrEqual(opened + now);
      }),
    );
  });
});
