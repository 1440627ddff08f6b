import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { event, start } from './history-bed.ts';

/** `node limited-writer.ts <folder>`: writes until the operating system takes no more, and then some. Tells how it went. */
const [folder = ''] = process.argv.slice(2);
const clock = new FakeClock(start);
const problems = new Problems(clock);
const { log, lines } = recordingLog();
const reports: string[] = [];
problems.onReport(({ id }) => reports.push(id));
const store = openHistoryStore({ folder, clock, problems, log });

let kept = 0;
let lost = 0;
for (let n = 0; lost < 50 && n < 20_000; n += 1) {
  const id = store.addEvent(event({ detail: 'x'.repeat(500) }));
  if (id > 0) kept = id;
  else lost += 1;
}
const told = problems.feed.value.map(({ id, text }) => ({ id, text }));
console.log(JSON.stringify({ kept, lost, told, reports, logged: lines }));
