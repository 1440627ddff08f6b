import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: every measurement beside what it is compared with. Ratios tell more than digits.
 * `npm run bench -- others`: beside other caches, which are installed into a temporary folder for it.
 * `npm run bench -- control`: one of them alone, by the first word of its file.
 */
const parts = [
  ['fan-out.ts', 'Fan-out: simulated clients that poll three resources every 5 s for 10 minutes'],
  ['cache-bench.ts', 'Cache, beside a Map and plain lru-cache'],
  ['bridge-bench.ts', 'Bridge, a call without backend work'],
  ['history-bench.ts', 'History: 30 days of ticks, requests and events in a file, then ranges of it'],
  ['compare-bench.ts', 'Sessions: the document’s operations, live against the demo’s portal'],
  [
    'control-bench.ts',
    'Control API: 200 requests a second for a minute on the three status routes, on the demo',
  ],
  ['session-bench.ts', 'Sessions of 100 and 1000 users: memory, files, a start'],
  [
    'adaptive-bench.ts',
    'Adaptive TTLs from 2 to 15 s on the demo, fast, slow, fast again and without an answer',
  ],
  ['page-bench.ts', 'Page: ms of its main thread for each poll, in a browser, on the demo'],
] as const;
const others = ['others-bench.ts', 'Cache, beside others of the same kind'] as const;

const wanted = process.argv[2];
const chosen =
  wanted === undefined
    ? parts
    : [...parts, others].filter(([file]) => file === `${wanted}-bench.ts` || file === `${wanted}.ts`);
if (chosen.length === 0) {
  console.error(`There is no measurement “${wanted}”: leave it out, or name one of the files in test/bench.`);
  process.exit(2);
}
for (const [file, title] of chosen) {
  console.log(`\n${title}\n`);
  // A process each: what one measurement taught the compiler must not slow the next.
  execFileSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { stdio: 'inherit' });
}
