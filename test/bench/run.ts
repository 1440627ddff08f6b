import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: every measurement beside what it is compared with. Ratios tell more than digits.
 * `npm run bench -- others`: beside other caches, which are installed into a temporary folder for it.
 */
const parts = [
  ['fan-out.ts', 'Fan-out: simulated clients that poll three resources every 5 s for 10 minutes'],
  ['cache-bench.ts', 'Cache, beside a Map and plain lru-cache'],
  ['bridge-bench.ts', 'Bridge, a call without backend work'],
  ['history-bench.ts', 'History: 30 days of ticks, requests and events in a file, then ranges of it'],
  ['compare-bench.ts', 'Sessions: the document’s operations, live against the demo’s portal'],
  ['session-bench.ts', 'Sessions of 100 and 1000 users: memory, files, a start'],
  ['adaptive-bench.ts', 'Adaptive TTLs from 2 to 15 s on the demo, fast, slow, fast again and without an answer'],
  ['page-bench.ts', 'Page: ms of its main thread for each poll, in a browser, on the demo'],
] as const;
const others = ['others-bench.ts', 'Cache, beside others of the same kind'] as const;

const wanted = process.argv[2];
if (wanted !== undefined && wanted !== 'others') {
  console.error(`There is no measurement “${wanted}”: leave it out, or say “others”.`);
  process.exit(2);
}
for (const [file, title] of wanted === 'others' ? [others] : parts) {
  console.log(`\n${title}\n`);
  // A process each: what one measurement taught the compiler must not slow the next.
  execFileSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { stdio: 'inherit' });
}
