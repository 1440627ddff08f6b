import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteTimestamps } from '../../../../electron/core/sources/portal/quote-timestamps.ts';

const two = (max: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const bare = fc
  .tuple(fc.integer({ min: 1000, max: 9999 }), two(12), two(31), two(23), two(59), two(59), fc.nat(999))
  .map(([year, month, day, hour, minute, second, part]) => {
    return `${year}-${month}-${day} ${hour}:${minute}:${second}.${part}`;
  });
/** Text that a careless repair would break. */
const tricky = fc
  .array(
    fc.oneof(bare, fc.constantFrom('"', '\\', ': ', ',', '}', ']', '{"a":'), fc.string({ unit: 'binary' })),
  )
  .map((parts) => parts.join(''));

test('quotes the time that the portal’s stream writes bare', () => {
  const sent = '{"createdTime": 2025-04-08 10:08:38.0,"at":[2025-04-08 10:08:38.0 ,2025-04-08T10:08:38Z]}';
  expect(JSON.parse(quoteTimestamps(sent))).toEqual({
    createdTime: '2025-04-08 10:08:38.0',
    at: ['2025-04-08 10:08:38.0', '2025-04-08T10:08:38Z'],
  });
});

test('a name that looks like such a time survives, with quotes and backslashes around it', () => {
  const name = String.raw`\": 2025-04-08 10:08:38.0, "\\`;
  const sent = `{"clusterName":${JSON.stringify(name)},"createdTime":2025-04-08 10:08:38.0}`;
  expect(JSON.parse(quoteTimestamps(sent))).toEqual({
    clusterName: name,
    createdTime: '2025-04-08 10:08:38.0',
  });
});

test.each([
  '12025-04-08 10:08:38.0',
  '{"a":2025-04-08 10:08:38.0x}',
  '{"a":2025-04-08}',
  '"open 2025-04-08 10:08:38',
])('what is no bare time stays as it is: %s', (text) => expect(quoteTimestamps(text)).toBe(text));

test('valid JSON comes back unchanged', () => {
  const value = fc.jsonValue({ depthSize: 'small' });
  fc.assert(
    fc.property(fc.oneof(value, fc.dictionary(tricky, tricky), fc.array(tricky)), (any) => {
      const valid = JSON.stringify(any);
      expect(quoteTimestamps(valid)).toBe(valid);
    }),
  );
});

test('bare times among strings of any kind are all found, and nothing else is touched', () => {
  const entry = fc.oneof(
    tricky.map((string) => ({ sent: JSON.stringify(string), meant: string as unknown })),
    bare.map((time) => ({ sent: time, meant: time as unknown })),
    fc.integer().map((number) => ({ sent: String(number), meant: number as unknown })),
  );
  fc.assert(
    fc.property(fc.array(entry), fc.constantFrom(',', ' ,\n', ',  '), (entries, between) => {
      const sent = `[${entries.map((one) => one.sent).join(between)}]`;
      expect(JSON.parse(quoteTimestamps(sent))).toEqual(entries.map((one) => one.meant));
    }),
  );
});

test('takes time in proportion to the length, also for hostile text', () => {
  const hostile = [
    '"\\'.repeat(200_000),
    '2025-04-08 10:08:38'.repeat(50_000),
    `2025-04-08 10:08:38${' '.repeat(500_000)}x`,
  ];
  const startedAt = performance.now();
  for (const text of hostile) expect(quoteTimestamps(text)).toBe(text);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
