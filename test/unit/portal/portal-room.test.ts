import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { EventDraft } from '../../../electron/core/events/event-log.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { PortalRoom } from '../../../electron/core/portal/portal-room.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { longestSession } from '../../../shared/model/sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startScriptedPortal } from '../../support/scripted-portal.ts';
import { alice, refusalOf } from './portal-bed.ts';

let temporary: string;
let problems: Problems;
let events: EventDraft[];
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'cachedeck-room-'));
  events = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

/** A room for alice, who is signed in; without a portal for nobody. */
async function room(withPortal: boolean): Promise<PortalRoom> {
  const clock = new FakeClock();
  problems = new Problems(clock);
  const person = alice();
  const server = await startScriptedPortal([person]);
  const tokens = [{ email: person.email, token: person.tokens[0] ?? '' }];
  const one = new PortalRoom({
    target: withPortal ? { url: server.url, uatPaths: false, account: null, tokens } : null,
    clock,
    random: () => 0.5,
    log: silentLog,
    freeze: true,
    ttlOf: () => longestSession,
    folder: null,
    readOnly: false,
    problems,
    openStore: openConfStore,
    onSecret: () => {},
    record: (event) => events.push(event),
    onTime: () => {},
    onCall: () => {},
  });
  one.start();
  onTestFinished(() => one.stop());
  return one;
}

const user = userRef(alice().email);

/** Each system asks another variable. */
function temporaryFilesIn(folder: string): void {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
}
const patience = new AbortController().signal;

test('a comparison’s own files settle no problem of the real ones, and nothing of them is left', async () => {
  temporaryFilesIn(temporary);
  const one = await room(true);
  problems.report({ id: 'sessions:keeping', area: 'sessions', title: 'Sessions are not kept', text: 'x' });
  const { three } = await one.compare(user, patience);
  expect(three.map(({ calls }) => calls)).toEqual([9, 5, 2, 2]);
  expect(problems.feed.value.map(({ id }) => id)).toEqual(['sessions:keeping']);
  expect(readdirSync(temporary)).toEqual([]);
});

test('without room for temporary files a comparison says why it cannot be made', async () => {
  const one = await room(true);
  temporaryFilesIn(join(temporary, 'missing'));
  expect(await refusalOf(() => one.compare(user, patience))).toMatchObject({
    code: 'unavailable',
    message: 'The comparison needs a temporary folder: its folder cannot be made.',
  });
});

test('without a portal every call about sessions says so, and nothing is told to have been cleared', async () => {
  const one = await room(false);
  for (const call of [
    () => one.inspect(user),
    () => one.clear(user),
    () => one.clearAll(),
    () => one.refresh(user),
    () => one.compare(user, patience),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ code: 'conflict', message: 'This profile has no portal.' });
  }
  expect(one.list().users).toEqual([]);
  expect((await one.checkIsolation()).ok).toBe(true);
  expect(events).toEqual([]);
});
