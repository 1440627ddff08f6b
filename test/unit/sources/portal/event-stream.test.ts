import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents } from '../../../../electron/core/sources/portal/event-stream.ts';
import type { StreamEvent } from '../../../../electron/core/sources/portal/event-stream.ts';

async function read(...pieces: string[]): Promise<StreamEvent[]> {
  async function* source(): AsyncGenerator<string> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  }
  const events: StreamEvent[] = [];
  for await (const event of readEvents(source())) events.push(event);
  return events;
}

test('names, ids, data of several lines, comments', async () => {
  expect(
    await read(':ping\n\nevent: endpoint\nid: 11\ndata: one\ndata:  two\n:ping\ndata\n\ndata:x\n\n'),
  ).toEqual([
    { event: 'endpoint', id: '11', data: 'one\n two\n' },
    { event: 'message', id: null, data: 'x' },
  ]);
});

test('an id belongs to its own event only, also when that event had no data', async () => {
  expect(await read('id: 1\n\ndata: a\n\n')).toEqual([{ event: 'message', id: null, data: 'a' }]);
});

test.each(['\n', '\r\n', '\r'])('lines end in %j', async (end) => {
  expect(await read(`event: e${end}data: a${end}data: b${end}${end}data: c${end}${end}`)).toEqual([
    { event: 'e', id: null, data: 'a\nb' },
    { event: 'message', id: null, data: 'c' },
  ]);
});

test('a byte order mark goes; an unfinished event at the end is none', async () => {
  expect(await read('\uFEFFdata: a\n\n', 'data: half')).toEqual([{ event: 'message', id: null, data: 'a' }]);
  expect(await read('data: no empty line\n')).toEqual([]);
  expect(await read()).toEqual([]);
});

test('pieces may break anywhere', async () => {
  const line = fc.constantFrom(
    'data: a',
    'data: b: c',
    'event: e',
    'id: 7',
    ':ping',
    '',
    '',
    'retry: 1',
    'data',
  );
  const text = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')))
    .map((lines) => lines.map((parts) => parts.join('')).join(''));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(200)), async (whole, cuts) => {
      const at = [...new Set(cuts.filter((cut) => cut < whole.length))].toSorted((a, b) => a - b);
      const pieces = [0, ...at].map((from, index) => whole.slice(from, at[index] ?? whole.length));
      expect(await read(...pieces)).toEqual(await read(whole));
    }),
  );
});
