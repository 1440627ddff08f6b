import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { testServerKey } from './test-certificates.ts';

/** An HTTPS server for one test on 127.0.0.1 and a port of the system's choice. */
export async function startTlsLoopback(
  certificate: string,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer({ key: testServerKey, cert: certificate }, handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the TLS server has no port');
  return {
    url: `https://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
