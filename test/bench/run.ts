import { bridgeRows, bridgeTable } from './bridge-bench.ts';
import { cacheBench, cacheTable } from './cache-bench.ts';
import { fanOut, fanOutTable } from './fan-out.ts';

/** `npm run bench`: every measurement beside what it is compared with. Ratios tell more than digits. */
console.log('Fan-out: simulated clients that poll three resources every 5 s for 10 minutes\n');
console.log(fanOutTable(await fanOut()));
console.log('\nCache, beside a Map and plain lru-cache\n');
console.log(cacheTable(await cacheBench()));
console.log('\nBridge, a call without backend work\n');
console.log(bridgeTable(await bridgeRows()));
