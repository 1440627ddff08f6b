import { laterRows, seedRows } from './rows.ts';

/** Prints the table as Markdown; the exit code is 1 when a row fails. */
const lines: string[] = [];
let failed = 0;
for (const { document, row, seed, measure, deviation } of seedRows) {
  const { ours, pass } = await measure();
  if (!pass) failed += 1;
  const verdict = pass ? (deviation === undefined ? 'as the seed' : 'differs') : 'FAILS';
  const cells = [document, row, seed, ours, verdict, deviation ?? ''];
  lines.push(`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
}
console.log('| document | row | the seed | ours | verdict | reason |');
console.log('| --- | --- | --- | --- | --- | --- |');
console.log(lines.join('\n'));
console.log(`\n${seedRows.length} rows, ${failed} failing. Later:`);
for (const row of laterRows) console.log(`- ${row}`);
process.exitCode = failed === 0 ? 0 : 1;
