import { onTestFinished } from 'vitest';
import { ManagerSession } from '../../../electron/core/workstations/manager-session.ts';
import type { ManagerTarget } from '../../../electron/core/workstations/manager-session.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { managerPassword, startManagerReplay } from '../../support/replay-workstations.ts';
import type { ManagerReplay } from '../../support/replay-workstations.ts';

export const login = 'POST /api/auth/login';
export const refresh = 'POST /api/auth/refresh';
export const list = 'GET /api/workstations';

export interface SessionBed {
  readonly clock: FakeClock;
  readonly replay: ManagerReplay;
  readonly session: ManagerSession;
  /** Everything that was called a secret, in order. */
  readonly secrets: readonly string[];
  /** Reads the list as whoever is signed in. */
  readonly read: (signal?: AbortSignal) => Promise<unknown>;
}

/** A session with a replayed manager; it ends with the test. */
export async function sessionBed(target: Partial<ManagerTarget> | null = {}): Promise<SessionBed> {
  const clock = new FakeClock();
  const replay = await startManagerReplay();
  const secrets: string[] = [];
  const session = new ManagerSession({
    target: target && { url: replay.url, user: 'admin', password: managerPassword, ...target },
    clock,
    onSecret: (secret) => secrets.push(secret),
  });
  onTestFinished(async () => {
    session.stop();
    await replay.close();
  });
  return {
    clock,
    replay,
    session,
    secrets,
    read: (signal = new AbortController().signal) =>
      session.send(signal, (client) => client.get('/api/workstations', signal)),
  };
}
