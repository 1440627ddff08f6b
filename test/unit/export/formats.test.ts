import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { gather, headersOf, maxRows, timeColumn } from '../../../renderer/export/exportable.ts';
import type { Cell, ExportColumn } from '../../../renderer/export/exportable.ts';
import { csvOf, htmlOf, jsonOf, tsvOf } from '../../../renderer/export/formats.ts';
import { showTimesIn } from '../../../renderer/ui/format.ts';
import { hasPython, readCsvs } from '../../support/python.ts';

afterEach(() => showTimesIn('UTC'));

type Line = readonly Cell[];

function columnsOf(titles: readonly string[]): ExportColumn<Line>[] {
  return titles.map((title, index) => ({ title, value: (line) => line[index] ?? null }));
}

/** A table of one column. */
const alone = (...cells: Cell[]) => ({ columns: columnsOf(['a']), rows: cells.map((cell) => [cell]) });

describe('CSV', () => {
  it('has CRLF after every line, units in its header, and quotes only where they are needed', () => {
    const columns: ExportColumn<Line>[] = [
      { title: 'Key', value: (line) => line[0] ?? null },
      { title: 'Size', unit: 'bytes', value: (line) => line[1] ?? null },
    ];
    const rows: Line[] = [
      ['a,b', 1024],
      ['say "x"', null],
      ['two\nlines', 0.1],
    ];
    expect(csvOf({ columns, rows })).toBe(
      'Key,Size (bytes)\r\n"a,b",1024\r\n"say ""x""",\r\n"two\nlines",0.1\r\n',
    );
  });

  it('writes numbers with a point, unrounded, and negative ones as numbers', () => {
    expect(csvOf(alone(-5, 1 / 3, 1234567.891, 1e21, Number.NaN, true))).toBe(
      'a\r\n-5\r\n0.3333333333333333\r\n1234567.891\r\n1e+21\r\n""\r\ntrue\r\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-rm', "'-rm"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ["'=1", "'=1"],
  ])('a cell of the text %j is read as %j', (text, read) => {
    expect(csvOf(alone(text))).toBe(`a\r\n${read}\r\n`);
  });

  it('guards a header too: a column may be called by what a server said', () => {
    expect(csvOf({ columns: columnsOf(['=x']), rows: [] })).toBe("'=x\r\n");
  });

  it.skipIf(!hasPython)('is read by Python’s csv module as what was written, whatever it is', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', '=', "'", ';', '\t', 'ä', '•') }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
      fc.boolean(),
    );
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }));
    const tables = fc
      .sample(table, { numRuns: 400, seed: 7 })
      .map((rows) =>
        rows.map((row) => row.map((one) => (typeof one === 'string' ? one.replaceAll('\0', '') : one))),
      );
    const read = readCsvs(
      tables.map((rows) => csvOf({ columns: columnsOf((rows[0] ?? ['']).map((_, n) => `c${n}`)), rows })),
    );
    const asText = (one: Cell): string => {
      if (one === null) return '';
      return typeof one === 'string' && /^[=+\-@\t\r＝＋－＠]/.test(one) ? `'${one}` : String(one);
    };
    expect(read.map(([, ...lines]) => lines)).toEqual(
      tables.map((rows) => rows.map((row) => row.map(asText))),
    );
  });

  it.skipIf(!hasPython)('keeps numbers exactly, read by another program', () => {
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 500, seed: 3 });
    const [lines = []] = readCsvs([csvOf(alone(...numbers))]);
    // Text has no negative zero worth the name.
    expect(lines.slice(1).map(([text]) => Number(text) + 0)).toEqual(numbers.map((one) => one + 0));
  });
});

describe('JSON', () => {
  it('is an array of objects with the names of the CSV; nothing is guarded, times have their offset', () => {
    showTimesIn('Asia/Kathmandu');
    const columns: ExportColumn<Line>[] = [
      timeColumn('At', () => Date.UTC(2026, 0, 15, 13, 3, 7, 5)),
      { title: 'Text', value: () => '=1' },
      { title: 'Left', unit: 'ms', value: () => null },
      { title: 'On', value: () => false },
    ];
    expect(JSON.parse(jsonOf({ columns, rows: [[]] }))).toEqual([
      { 'At (ISO 8601)': '2026-01-15T18:48:07.005+05:45', Text: '=1', 'Left (ms)': null, On: false },
    ]);
  });

  it('keeps both of two columns of one name', () => {
    const columns = columnsOf(['p50', 'p50', 'p95', 'p50']);
    expect(headersOf(columns)).toEqual(['p50', 'p50 2', 'p95', 'p50 3']);
    expect(JSON.parse(jsonOf({ columns, rows: [[1, 2, 3, 4]] }))).toEqual([
      { p50: 1, 'p50 2': 2, p95: 3, 'p50 3': 4 },
    ]);
  });
});

describe('for the clipboard', () => {
  const table = {
    columns: columnsOf(['a', 'b']),
    rows: [
      ['x\ty\nz', '<b>&"'],
      ['=1', 2],
    ],
  };

  it('text has a tab between cells and none within', () => {
    expect(tsvOf(table)).toBe('a\tb\nx y z\t<b>&"\n\'=1\t2');
  });

  it('a table has every sign of its text and no tag of it', () => {
    expect(htmlOf(table)).toBe(
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>' +
        "<tr><td>x\ty\nz</td><td>&lt;b&gt;&amp;&quot;</td></tr><tr><td>'=1</td><td>2</td></tr></tbody></table>",
    );
  });
});

describe('how many rows', () => {
  it('takes as many as there are, up to 100 000, and knows when there are more', async () => {
    const made = (count: number) => ({
      rows: (most: number) => Array.from({ length: Math.min(most, count) }, (_, n) => n),
    });
    expect(await gather(made(3))).toEqual({ rows: [0, 1, 2], cut: false });
    expect(await gather(made(maxRows))).toMatchObject({ cut: false });
    const cut = await gather(made(maxRows + 5));
    expect([cut.rows.length, cut.cut]).toEqual([100_000, true]);
  });
});
