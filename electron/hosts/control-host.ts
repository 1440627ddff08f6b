import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenedControl } from '../core/control/control-service.ts';
import type { ControlApi } from '../core/control/types.ts';
import type { Log } from '../core/log.ts';
import { createControlEndpoints } from './control-endpoints.ts';
import { closeServer, listen, serverLimits } from './http-limits.ts';
import { sendJson } from './http-replies.ts';
import { addressOf } from './own-address.ts';
import { hostAllowed } from './request-guard.ts';

const host = '127.0.0.1';

/**
 * Serves the control API alone, on a port of this machine that no other machine reaches.
 * @param port 0: the system chooses
 * Rejects with what the system says when it cannot listen.
 */
export async function startControlHost(port: number, api: ControlApi, log: Log): Promise<OpenedControl> {
  const endpoints = createControlEndpoints(api);
  let hosts: ReadonlySet<string> = new Set();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hostAllowed(request, hosts)) {
      refuse(request, response, 403, 'forbidden', 'The Host header does not name this server.');
      return;
    }
    const target = request.url ?? '/';
    const url = target.startsWith('/') ? URL.parse(`http://host${target}`) : null;
    if (!url) {
      refuse(request, response, 400, 'bad-request', 'The address cannot be read.');
    } else if (!(await endpoints(request, response, url))) {
      refuse(request, response, 404, 'not-found', 'There is nothing here.');
    }
  }

  const server = createServer(serverLimits, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error(`control: ${error instanceof Error ? error.message : 'failed without an error'}`);
      const detail = 'Something went wrong inside Cachedeck. The log has the reason.';
      refuse(request, response, 500, 'internal', detail);
    });
  });
  const bound = await listen(server, { host, port }, log);
  const own = addressOf(host, bound);
  hosts = own.hosts;
  return { url: own.url, close: () => closeServer(server) };
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
): void {
  request.resume();
  sendJson(response, status, { detail, code });
}
