import type { CoreOptions } from '../../electron/core/ports.ts';
import { startControlHost } from '../../electron/hosts/control-host.ts';
import { rawRequest } from './browser-session.ts';
import type { RawReply } from './browser-session.ts';
import { startCoreOnScript } from './core-on-script.ts';
import type { CoreOnScript } from './core-on-script.ts';
import { status, totals, vpnOf } from './page-world.ts';

/** A key of each role. */
export const controlKeys = {
  viewer: 'viewer-key-s3cr3t-1',
  operator: 'operator-key-s3cr3t-2',
  admin: 'admin-key-s3cr3t-3',
} as const;

export const controlEnvironment = {
  CACHEDECK_API_KEY: controlKeys.admin,
  CACHEDECK_API_KEY_OPERATOR: controlKeys.operator,
  CACHEDECK_API_KEY_VIEWER: controlKeys.viewer,
} as const;

export interface Sent {
  /** null: none is sent. Default: the admin's. */
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
}

export interface ControlReply extends RawReply {
  /** The parsed body; undefined: it is not JSON. */
  readonly json: unknown;
}

/** The control API of a whole core on a script, over real HTTP on a port of its own. */
export interface ControlBed {
  readonly app: CoreOnScript;
  readonly port: number;
  /** "GET /cache/stats". */
  readonly ask: (what: string, sent?: Sent) => Promise<ControlReply>;
  close(): Promise<void>;
}

export type ControlBedChange = NonNullable<Parameters<typeof startCoreOnScript>[0]> & {
  readonly environment?: CoreOptions['environment'];
};

export async function controlBed({ environment, ...change }: ControlBedChange = {}): Promise<ControlBed> {
  const app = await startCoreOnScript({
    ...change,
    options: { environment: { ...controlEnvironment, ...environment }, ...change.options },
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  const host = await startControlHost(0, app.core.controlApi, app.log);
  const port = Number(new URL(host.url).port);
  return {
    app,
    port,
    ask: (what, sent) => askControl(port, what, sent),
    async close() {
      await host.close();
      await app.core.stop();
    },
  };
}

/** One request to whoever serves the control API on a port of this machine. */
export async function askControl(
  port: number,
  what: string,
  { key = controlKeys.admin, headers = {}, body }: Sent = {},
): Promise<ControlReply> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const keyed = key === null ? {} : { 'X-API-KEY': key };
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  const typed: Record<string, string> =
    body === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) };
  const reply = await rawRequest(port, {
    method,
    path,
    headers: { ...typed, ...keyed, ...headers },
    ...(body === undefined ? {} : { body: text }),
  });
  return { ...reply, json: jsonOf(reply.body) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
