import { expect, test } from 'vitest';
import { seedRows } from './rows.ts';

test.each(seedRows.map((row) => [`${row.document}: ${row.row}`, row] as const))(
  '%s',
  async (_name, row) => {
    const finding = await row.measure();
    expect(finding, `${row.seed}; ours: ${finding.ours}`).toMatchObject({ pass: true });
  },
  20_000,
);

test('no two rows share a name', () => {
  expect(new Set(seedRows.map(({ document, row }) => `${document}: ${row}`)).size).toBe(seedRows.length);
});
