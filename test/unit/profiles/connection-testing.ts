import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { systemClock } from '../../../electron/core/clock.ts';
import { silentLog } from '../../../electron/core/log.ts';

export const surroundings = { clock: systemClock, log: silentLog, onSecret: () => {} };

/** A profile without any backend. */
export const draft: ProfileDraft = {
  name: 'lab',
  production: false,
  orchestrator: null,
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

/** A server that is none of HTTP; it ends with the test. */
export async function listening(onConnection: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}); // the other side may leave at any time
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const bound = server.address();
  return `127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
}
