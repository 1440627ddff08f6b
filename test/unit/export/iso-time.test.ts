import * as fc from 'fast-check';
import { afterEach, describe, expect, it, test } from 'vitest';
import { fileName } from '../../../renderer/export/file-name.ts';
import { isoInZone } from '../../../renderer/export/iso-time.ts';
import { showTimesIn } from '../../../renderer/ui/format.ts';
import { askPython, hasPython } from '../../support/python.ts';

afterEach(() => showTimesIn('UTC'));

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
];

describe('a time with the offset of the operator’s zone', () => {
  test.each([
    ['UTC', '2026-01-15T13:03:07.123Z', '2026-01-15T13:03:07.123+00:00'],
    ['Europe/Berlin', '2026-01-15T13:03:07.000Z', '2026-01-15T14:03:07.000+01:00'],
    ['Europe/Berlin', '2026-07-15T13:03:07.000Z', '2026-07-15T15:03:07.000+02:00'],
    // The hour that comes twice: told apart by the offset alone.
    ['Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000+02:00'],
    ['Europe/Berlin', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00.000+01:00'],
    // The hour that does not come.
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', '2026-03-29T01:59:59.999+01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000+02:00'],
    ['America/St_Johns', '2026-01-15T13:03:07.000Z', '2026-01-15T09:33:07.000-03:30'],
    ['Australia/Lord_Howe', '2026-04-04T14:59:59.000Z', '2026-04-05T01:59:59.000+11:00'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', '2026-04-05T01:30:00.000+10:30'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00.000Z', '2027-01-01T00:00:00.000+14:00'],
  ])('%s: %s is %s', (zone, utc, text) => {
    showTimesIn(zone);
    expect(isoInZone(Date.parse(utc))).toBe(text);
  });

  it.each(zones)('reads back as the same moment, any moment, in %s', (zone) => {
    showTimesIn(zone);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), (at) => {
        expect(Date.parse(isoInZone(at))).toBe(at);
      }),
    );
  });

  it.skipIf(!hasPython)('reads back in Python, around every change of the clocks of ten years', () => {
    showTimesIn('Europe/Berlin');
    const moments: number[] = [];
    for (let year = 2020; year < 2030; year += 1)
      for (const month of [2, 9])
        for (let minute = -90; minute <= 90; minute += 15) {
          const last = new Date(Date.UTC(year, month + 1, 0));
          moments.push(last.getTime() - last.getUTCDay() * 86_400_000 + 3_600_000 + minute * 60_000);
        }
    const script = [
      'import datetime, json, sys',
      'read = lambda text: round(datetime.datetime.fromisoformat(text).timestamp() * 1000)',
      'print(json.dumps([read(text) for text in json.load(sys.stdin)]))',
    ].join('\n');
    expect(askPython(script, moments.map(isoInZone))).toEqual(moments);
  });
});

describe('the name of a file', () => {
  const at = Date.UTC(2026, 0, 15, 13, 3, 7);

  test.each([
    ['events', 'Home Lab', 'csv', 'cachedeck-events-home-lab-2026-01-15_14-03-07.csv'],
    ['Hit rate', '', 'png', 'cachedeck-hit-rate-2026-01-15_14-03-07.png'],
    ['x', '../../etc/passwd', 'json', 'cachedeck-x-etc-passwd-2026-01-15_14-03-07.json'],
    ['x', 'Käse:*?"<>|', 'csv', 'cachedeck-x-kase-2026-01-15_14-03-07.csv'],
    ['x', '東京', 'csv', 'cachedeck-x-東京-2026-01-15_14-03-07.csv'],
    ['x', 'a'.repeat(300), 'csv', `cachedeck-x-${'a'.repeat(40)}-2026-01-15_14-03-07.csv`],
  ])('%s of %j', (what, profile, extension, name) => {
    showTimesIn('Europe/Berlin');
    expect(fileName(what, profile, at, extension)).toBe(name);
  });
});
