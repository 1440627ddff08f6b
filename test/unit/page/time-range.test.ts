import { describe, expect, it } from 'vitest';
import { boundsOf, spanNames, spans, stepOf } from '../../../renderer/charts/time-range.ts';

const now = Date.UTC(2026, 0, 15, 13, 3, 7);

describe.each(spanNames)('%s', (span) => {
  it('ends at the latest whole step, so that no part of it is still to come', () => {
    const { from, to } = boundsOf(span, now);
    expect(to - from).toBe(spans[span]);
    expect(to).toBeLessThanOrEqual(now);
    expect(now - to).toBeLessThan(stepOf(span));
  });

  it('is the same range within a step, and another one after it', () => {
    const { to } = boundsOf(span, now);
    expect(boundsOf(span, to + stepOf(span) - 1).to).toBe(to);
    expect(boundsOf(span, to + stepOf(span)).to).toBe(to + stepOf(span));
  });

  it('is drawn again at most once in 5 s and at least once a minute', () => {
    expect(stepOf(span)).toBeGreaterThanOrEqual(5000);
    expect(stepOf(span)).toBeLessThanOrEqual(60_000);
    expect(stepOf(span) % 5000).toBe(0);
  });
});

it('a custom range stays where it is', () => {
  const range = { from: 1000, to: 500_000 };
  expect(boundsOf(range, now)).toBe(range);
  expect(stepOf(range)).toBe(Number.POSITIVE_INFINITY);
});
