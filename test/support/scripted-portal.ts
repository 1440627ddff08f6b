import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { sendJson, startLoopback } from './loopback.ts';

/** Somebody whom the scripted portal knows. Everything else of an engagement follows from its id. */
export interface Person {
  readonly email: string;
  /** Of the service login; null: pastes tokens. */
  readonly password: string | null;
  readonly tokens: string[];
  /** Ids; may be changed while the portal runs. */
  engagements: number[];
}

/** A request as it came in. */
export interface PortalCall {
  /** "GET /paasservice/paas/engagements" */
  readonly what: string;
  readonly token: string | null;
  readonly body: unknown;
}

type Script = (response: ServerResponse, call: PortalCall) => void | Promise<void>;

export interface ScriptedPortal {
  readonly url: string;
  readonly calls: PortalCall[];
  /** Answers otherwise than usual from now on; null: as usual again. `path` is a part of it. */
  script(path: string, script: Script | null): void;
  /** Requests since the last look, as "METHOD /path". */
  newCalls(): string[];
}

export const ipcIdOf = (paasId: number): number => paasId + 10_000;
export const engagementName = (id: number): string => `Engagement ${id}`;

const envelope = (data: unknown): unknown => ({ status: 'success', data, responseCode: 200 });

/** The usual answer for the engagement `id`, by the part of the path that names the call. */
const byPaasId: Readonly<Record<string, (id: number) => unknown>> = {
  '/paasservice/paas/getIpcEngFromPaasEng/': (id) => ({ ipc_engid: ipcIdOf(id) }),
  '/portalservice/configservice/getEndpointsByEngagement/': (id) =>
    [1, 2].map((n) => ({
      endpointId: id * 10 + n,
      endpointDisplayName: `Site ${id}-${n}`,
      endpoint: `EP_${id}_${n}`,
      aiCloudEnabled: n === 1 ? 'yes' : 'no',
    })),
};

const byIpcId: Readonly<Record<string, (id: number) => unknown>> = {
  '/portalservice/securityservice/departments/': (id) => ({
    engagement: { id: ipcIdOf(id), name: engagementName(id) },
    department: [{ id: id * 10, name: `Unit ${id}`, noOfEnvironments: 2, noOfZones: '3', noOfVMs: 4 }],
  }),
  '/portalservice/securityservice/environmentsperengagement/': (id) => [
    { id: id * 10, name: `Environment ${id}`, extra: 'dropped' },
  ],
  '/portalservice/api/v1/': (id) => [{ zoneId: id * 10, zoneName: `Zone ${id}`, cidr: '10.0.0.0/24' }],
  '/portalservice/instances/vmlist/': (id) => ({
    lastSyncedAt: '2001-09-09 01:40:00',
    vmList: [{ virtualMachine: { vmId: id * 10, vmName: `machine-${id}`, vmAttributes: { vCPU: '8' } } }],
  }),
};

/** A portal on 127.0.0.1 for one test. It refuses a token it does not know and an engagement that is not the caller's. */
export async function startScriptedPortal(people: readonly Person[]): Promise<ScriptedPortal> {
  const calls: PortalCall[] = [];
  const scripts = new Map<string, Script>();
  let seen = 0;
  let issued = 0;

  function signIn(response: ServerResponse, body: unknown): void {
    const { email, password } = body as { email: string; password: string };
    const person = people.find((one) => one.email === email && one.password === password);
    if (!person) {
      sendJson(response, 200, { statusCode: 500, accessToken: 'Invalid user credentials' });
      return;
    }
    issued += 1;
    const token = `service-token-${issued}`;
    person.tokens.push(token);
    sendJson(response, 200, { statusCode: 200, accessToken: token });
  }

  function answer(path: string, person: Person, response: ServerResponse, body: unknown): void {
    if (path === '/paasservice/paas/engagements') {
      const list = person.engagements.map((id) => ({
        id,
        engagementName: engagementName(id),
        engagementType: 'PaaS',
        customerName: `Customer ${id}`,
      }));
      sendJson(response, 200, envelope(list));
      return;
    }
    if (path.endsWith('/clusterlist/stream')) {
      sendClusters(response, (body as { endpoints: number[] }).endpoints);
      return;
    }
    for (const [routes, toPaas] of [
      [byPaasId, 0],
      [byIpcId, 10_000],
    ] as const) {
      for (const [prefix, build] of Object.entries(routes)) {
        const id = Number(/\d{3,}/.exec(path.slice(prefix.length))?.[0]) - toPaas;
        if (!path.startsWith(prefix)) continue;
        if (person.engagements.includes(id)) sendJson(response, 200, envelope(build(id)));
        else sendJson(response, 403, { message: 'not your engagement' });
        return;
      }
    }
    sendJson(response, 404, { message: 'no such path' });
  }

  const server = await startLoopback((request, response) => {
    void (async () => {
      const path = request.url ?? '';
      const body = await readBody(request);
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
      const call: PortalCall = { what: `${request.method} ${path}`, token, body };
      calls.push(call);
      const script = [...scripts].find(([part]) => path.includes(part))?.[1];
      if (script) await script(response, call);
      if (response.writableEnded || response.headersSent || response.destroyed) return;
      if (path === '/portalservice/api/v1/getAuthToken') {
        signIn(response, body);
        return;
      }
      const person = people.find((one) => token !== null && one.tokens.includes(token));
      if (person) answer(path, person, response, body);
      else sendJson(response, 401, { message: 'Token is not active' });
    })();
  });
  onTestFinished(() => server.close());

  return {
    url: server.url,
    calls,
    script(path, script) {
      if (script) scripts.set(path, script);
      else scripts.delete(path);
    },
    newCalls() {
      const fresh = calls.slice(seen).map(({ what }) => what);
      seen = calls.length;
      return fresh;
    },
  };
}

/** One cluster a site, as the real stream writes them: the time without quotes. */
export function siteEvent(endpointId: number): string {
  const cluster = `{"clusterId":${endpointId},"clusterName":"cluster-${endpointId}","createdTime":2025-04-08 10:08:38.0}`;
  const data = `{"endpointId":${endpointId},"endpointName":"Site ${endpointId}","clusters":[${cluster}],"error":null}`;
  return `event: endpoint\nid: ${endpointId}\ndata: ${data}\n\n`;
}

export const completeEvent = 'event: complete\ndata: done\n\n';

function sendClusters(response: ServerResponse, endpoints: readonly number[]): void {
  sendStream(response, `:ping\n\n${endpoints.map(siteEvent).join('')}${completeEvent}`);
}

export function sendStream(response: ServerResponse, text: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8' });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return text === '' ? null : (JSON.parse(text) as unknown);
}
