import type { Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../core/log.ts';

/** ms a request that is running may still take once a server closes. */
const closeGrace = 250;

/** What one asker may take of a server. */
export const serverLimits: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  // Longer than a poll: a page's connection must not be closed under its next request.
  keepAliveTimeout: 65_000,
  noDelay: true,
};

/** Listens within the limits. Rejects with what the system says when it cannot. */
export async function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
  log: Log,
): Promise<AddressInfo> {
  server.maxConnections = 256;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => log.error(`http: ${error.message}`));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server listens on no address.');
  return bound;
}

/** Lets running requests finish for a moment, then cuts. `endStreams` ends what never would by itself. */
export async function closeServer(server: Server, endStreams: () => void = () => {}): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endStreams();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), closeGrace);
  await closed;
  clearTimeout(cut);
}
