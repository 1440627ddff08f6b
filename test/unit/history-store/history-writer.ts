import { writeSync } from 'node:fs';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { systemClock } from '../../../electron/core/clock.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { event, everything, lab, plant, retention, second, start } from './history-bed.ts';

/**
 * `node history-writer.ts <folder>`: one sample, two requests and an event after the other, each `n` of them after the
 * last one found, in turn for two profiles; says `n` once all of it is written. Ends when it is killed.
 */
const [folder = ''] = process.argv.slice(2);
const problems = new Problems(systemClock);
const store = openHistoryStore({ folder, clock: systemClock, problems, log: silentLog });
const [last] = store.listEvents({ ...everything, limit: 1 }).events;
for (let n = Number(last?.title ?? 0) + 1; ; n += 1) {
  const at = start + n * 5 * second;
  const request = { at, resource: 'vpn:status', ms: n, outcome: 'ok', calls: 1 } as const;
  const history = store.of(n % 2 === 0 ? lab : plant);
  history.addSample(at, { hits: n, ageVpn: n });
  history.addRequests([request, request]);
  store.addEvent(event({ at, title: `${n}` }));
  if (n % 50 === 0)
    store.prune({ ...retention, historyDays: 10_000, requestLogHours: 240_000, eventDays: 10_000 });
  // Waits for the reader: what is in `process.stdout` at the kill was never said.
  writeSync(1, `${n}\n`);
}
