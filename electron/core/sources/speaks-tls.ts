import { isIP } from 'node:net';
import { connect } from 'node:tls';

/**
 * Whether the server of a plain http address speaks TLS instead: a handshake and nothing more, no request and no key.
 * Never throws; false when it cannot be told.
 */
export function speaksTls({ hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    // Nothing is sent over it, so it does not matter whose certificate it is.
    const socket = connect({
      host,
      port: Number(port || 80),
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const done = (answer: boolean): void => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(answer);
    };
    const giveUp = (): void => done(false);
    socket.once('secureConnect', () => done(true));
    socket.once('close', giveUp);
    socket.on('error', giveUp);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
