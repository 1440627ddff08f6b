import { createServer } from 'node:http';
import { once } from 'node:events';

/** Answers at once, in a process of its own: what it takes is what the machine takes. Its parent is told where. */

const server = createServer((_, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('{"status":"ok"}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const bound = server.address();
if (bound === null || typeof bound === 'string') throw new Error('the bare server has no port');

process.on('disconnect', () => process.exit());
process.send?.({ url: `http://127.0.0.1:${bound.port}/` });
