import { fuseDecisions, readFuses, undecided } from './fuses.ts';

// npm run fuses -- <executable>: what a packed app's fuses are, and whether that is what was decided.

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Usage: npm run fuses -- <executable of a packed app, or its .app folder on macOS>');
  process.exit(2);
}
const read = await readFuses(path);
const whys = new Map(Object.entries(fuseDecisions).map(([name, { why }]) => [name, why]));
const width = Math.max(...[...read.keys()].map((name) => name.length));
for (const [name, state] of read) {
  console.log(`${name.padEnd(width)}  ${state.padEnd(7)}  ${whys.get(name) ?? ''}`.trimEnd());
}
const wrong = undecided(read);
for (const line of wrong) console.error(`NOT AS DECIDED: ${line}`);
process.exit(wrong.length === 0 ? 0 : 1);
