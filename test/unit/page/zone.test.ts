import { afterAll, describe, expect, it } from 'vitest';
import { showTimesIn } from '../../../renderer/ui/format.ts';
import { fromLocalInput, localInputText, zoneOffset } from '../../../renderer/ui/zone.ts';

const hour = 3_600_000;
afterAll(() => showTimesIn('system'));

describe.each([
  ['UTC', 0, 0],
  ['Europe/Berlin', 1, 2],
  ['Asia/Kolkata', 5.5, 5.5],
  ['America/New_York', -5, -4],
  ['Pacific/Chatham', 13.75, 12.75],
])('in %s', (zone, january, july) => {
  const winter = Date.UTC(2026, 0, 15, 13, 3);
  const summer = Date.UTC(2026, 6, 15, 13, 3);

  it('the offset is that of the season', () => {
    showTimesIn(zone);
    expect([zoneOffset(winter) / hour, zoneOffset(summer) / hour]).toEqual([january, july]);
  });

  it('what an input shows is read as the same moment, at every hour of a year', () => {
    showTimesIn(zone);
    const late: number[] = [];
    for (let at = winter; at < winter + 365 * 24 * hour; at += 7 * hour) {
      const off = at - (fromLocalInput(localInputText(at)) ?? NaN);
      if (off !== 0) late.push(off / hour);
    }
    // The hour that comes twice in autumn is read as the first of the two.
    expect([[], [1]]).toContainEqual(late);
  });
});

describe('a text that names no moment', () => {
  it.each(['', 'soon', '2026-13-01T00:00', '2026-01-15'])('%j is none', (text) => {
    expect(fromLocalInput(text)).toBeNull();
  });

  it('within the hour that summer time leaves out is one an hour beside', () => {
    showTimesIn('Europe/Berlin');
    const read = fromLocalInput('2026-03-29T02:30');
    expect(['2026-03-29T01:30', '2026-03-29T03:30']).toContain(localInputText(read ?? 0));
  });
});
