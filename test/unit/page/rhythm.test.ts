import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteTick, secondAfterTick } from '../../../renderer/live/schedule.ts';
import { changeNow, changeTogether } from '../../../renderer/live/together.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('changes of the page', () => {
  it('run together, in their order, 100 ms after the first', () => {
    const seen: string[] = [];
    changeTogether(() => seen.push(`a at ${performance.now() - begun}`));
    const begun = performance.now();
    vi.advanceTimersByTime(99);
    changeTogether(() => seen.push(`b at ${performance.now() - begun}`));
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['a at 100', 'b at 100']);
  });

  it('run once, also where somebody draws sooner', () => {
    let changes = 0;
    changeTogether(() => (changes += 1));
    changeNow();
    vi.advanceTimersByTime(1000);
    expect(changes).toBe(1);
  });

  it('that cause changes have them drawn next time', () => {
    let changes = 0;
    changeTogether(() => changeTogether(() => (changes += 1)));
    changeNow();
    expect(changes).toBe(0);
    vi.advanceTimersByTime(100);
    expect(changes).toBe(1);
  });
});

describe('the page’s seconds', () => {
  it('strike 90 ms after main’s tick and each second from there', () => {
    noteTick(10_000);
    expect(secondAfterTick(9500)).toBe(590);
    expect(secondAfterTick(10_091)).toBe(999);
    expect(secondAfterTick(12_590)).toBe(500);
  });

  it('come neither twice at once nor more than a quarter late', () => {
    noteTick(10_000);
    expect(secondAfterTick(10_089.9)).toBeCloseTo(1000.1);
    for (let now = 10_000; now < 12_000; now += 7) {
      expect(secondAfterTick(now)).toBeGreaterThanOrEqual(250);
      expect(secondAfterTick(now)).toBeLessThan(1250);
    }
  });
});
