import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import { eventKinds } from '../../../shared/model/events.ts';
import { withNews } from '../../../renderer/events/use-event-list.ts';
import { routeOf } from '../../../renderer/frame/routes.ts';
import { placeMarks } from '../../../renderer/panels/chart-marks.ts';
import { bothTimesText, dateTimeText, dayText, showTimesIn, zoneTexts } from '../../../renderer/ui/format.ts';

function eventOf(id: number): LoggedEvent {
  return {
    id,
    at: id,
    kind: 'state',
    severity: 'info',
    profile: 'Demo',
    subject: null,
    title: `Event ${id}`,
    detail: null,
  };
}

function answerOf(newest: number, oldest: number, more: boolean) {
  const ids = Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);
  return { events: ids.map(eventOf), more };
}

describe('news of the event list', () => {
  const pages = { pages: [answerOf(20, 11, true), answerOf(10, 1, false)], pageParams: [null, 11] };

  it('comes before what is there, each once', () => {
    const next = withNews(pages, answerOf(22, 13, true));
    expect(next.pages.flatMap(({ events }) => events.map(({ id }) => id))).toEqual(
      Array.from({ length: 22 }, (_, index) => 22 - index),
    );
    expect(next.pages.map(({ more }) => more)).toEqual([true, false]);
  });

  it('changes nothing when there is none', () => {
    expect(withNews(pages, answerOf(20, 11, true))).toBe(pages);
  });

  it('starts the list anew when there is more than one answer holds: no gap is hidden', () => {
    const answer = answerOf(40, 31, true);
    expect(withNews(pages, answer)).toEqual({ pages: [answer], pageParams: [null] });
  });

  it('fills an empty list', () => {
    const empty = { pages: [{ events: [], more: false }], pageParams: [null] };
    expect(withNews(empty, answerOf(2, 1, false)).pages[0]?.events).toHaveLength(2);
  });
});

describe('the address of a page', () => {
  it.each([
    ['', 'overview'],
    ['#/', 'overview'],
    ['#/events', 'events'],
    ['#/settings', 'settings'],
    ['#/settings/profile/lab', 'settings'],
    ['#/eventsx', 'overview'],
    ['#content', 'overview'],
    ['#/constructor', 'overview'],
  ])('%s is of %s', (hash, route) => {
    expect(routeOf(hash)).toBe(route);
  });
});

describe('marks of a chart', () => {
  it('say every kind by a glyph and a word of its own', () => {
    const texts = eventKinds.map((kind) => {
      const [mark] = placeMarks([{ at: 50, kind, label: '' }], [0, 100], 600);
      return mark?.text ?? '';
    });
    expect(new Set(texts).size).toBe(eventKinds.length);
    for (const text of texts) expect(text).toMatch(/^\S+ \S+$/);
    expect(new Set(texts.map((text) => text.split(' ')[0])).size).toBe(eventKinds.length);
  });

  it('keep their labels apart, the newer ones first', () => {
    const marks = [10, 12, 90].map((at) => ({ at, kind: 'clear' as const, label: '' }));
    expect(placeMarks(marks, [0, 100], 600).map(({ at, text }) => [at, text])).toEqual([
      [90, '∅ cleared'],
      [12, '∅ cleared'],
      [10, ''],
    ]);
  });
});

describe('times in a chosen zone', () => {
  const at = Date.UTC(2026, 0, 15, 23, 3, 7);

  it('are shown in it, with its name and day', () => {
    showTimesIn('Europe/Berlin');
    expect(dateTimeText(at)).toBe('16 Jan 00:03:07');
    expect(dayText(at)).toBe('Fri 16 Jan 2026');
    expect(bothTimesText(at)).toBe('00:03:07 CET (23:03:07 UTC)');
    expect(zoneTexts(at)).toEqual(['CET', 'Europe/Berlin']);
    expect(zoneTexts(Date.UTC(2026, 6, 1))[0]).toBe('CEST');
    showTimesIn('UTC');
    expect(bothTimesText(at)).toBe('23:03:07 UTC');
    expect(zoneTexts(at)).toEqual(['UTC', 'UTC']);
  });

  it('are the system’s where the zone is not known here', () => {
    showTimesIn('system');
    const own = dateTimeText(at);
    showTimesIn('Europe/Atlantis');
    expect(dateTimeText(at)).toBe(own);
  });
});
