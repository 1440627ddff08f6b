import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoFault } from '../../../shared/contract/app.ts';
import type { Clock } from '../clock.ts';
import { json } from './exchange.ts';
import type { DemoReply, DemoRequest } from './exchange.ts';
import { answer } from './orchestrator/routes.ts';
import { ServerCache } from './orchestrator/server-cache.ts';
import { createWorld } from './orchestrator/world.ts';
import type { WorldSize } from './orchestrator/world-state.ts';
import { crashed } from './orchestrator/refusals.ts';
import { PortalPart } from './portal/portal.ts';
import type { DemoPortal } from './portal/portal.ts';
import { readRequest } from './read-request.ts';
import { sendReply } from './send-reply.ts';
import { ManagerPart } from './workstations/manager.ts';
import type { DemoWorkstations } from './workstations/manager.ts';

interface DemoOptions {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Default 0: the system chooses. */
  readonly port?: number;
  /** How many engines and streams the orchestrator has. */
  readonly size?: WorldSize;
}

/** An orchestrator, a portal and a workstation manager that live in this process, at one address. */
export interface DemoBackend {
  readonly url: string;
  readonly apiKey: string;
  readonly portal: DemoPortal;
  readonly workstations: DemoWorkstations;
  /** Key, passwords and tokens; grows with each token that is handed out. */
  readonly secrets: readonly string[];
  readonly fault: DemoFault;
  /** Resolves when the fault is in effect; may be called again before that, the last call wins. */
  setFault(fault: DemoFault): Promise<void>;
  /** Requests that arrived for a path, both base paths together: '/vpn/status'. */
  requestCount(path: string): number;
  resetCounts(): void;
  /** Cuts every connection, also those of hanging requests. */
  close(): Promise<void>;
}

const address = '127.0.0.1';
const fastest = 80;
const slowest = 250;
/** Below the time limit of a read (4.5 s), so that "slow" is slow and not a failure. */
const slow = 3000;

/** Starts the demo's three backends on the loopback interface. */
export async function startDemo({
  clock,
  random,
  port = 0,
  size = { engines: null, streams: null },
}: DemoOptions): Promise<DemoBackend> {
  const now = (): number => clock.wall();
  const world = createWorld({ now: now(), random, size });
  const cache = new ServerCache(() => clock.mono());
  const apiKey = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('');
  const portal = new PortalPart(now, random);
  const workstations = new ManagerPart(now, random);
  const counts = new Map<string, number>();
  const held = new Set<() => void>();
  let fault: DemoFault = 'none';
  let closed = false;
  let boundPort = port;
  let switching: Promise<void> = Promise.resolve();

  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readRequest(request, ({ path }) => counts.set(path, (counts.get(path) ?? 0) + 1));
    if (asked === null || response.destroyed) return;
    const cancel = clock.after(delayOf(asked), () => reply(asked, response));
    response.once('close', cancel);
  }

  function delayOf({ path }: DemoRequest): number {
    // The version touches no container, so it stays quick on a server whose Docker is slow.
    if (fault === 'slow' && path !== '/version') return slow;
    if (PortalPart.owns(path)) return portal.delayOf(path);
    if (ManagerPart.owns(path)) return workstations.delayOf();
    return fastest + random() * (slowest - fastest);
  }

  /** The fault counts at the moment of the answer, so that switching it takes effect at once. */
  function reply(asked: DemoRequest, response: ServerResponse): void {
    if (response.destroyed) return;
    if (fault === 'frozen') {
      const resume = () => reply(asked, response);
      held.add(resume);
      response.once('close', () => held.delete(resume));
      return;
    }
    world.advance(now());
    sendReply(brokenReply(asked) ?? ownReply(asked), response, clock);
  }

  function ownReply(asked: DemoRequest): DemoReply {
    if (PortalPart.owns(asked.path)) return portal.answer(asked);
    if (ManagerPart.owns(asked.path)) return workstations.answer(asked);
    return answer({ world, cache, apiKey }, asked);
  }

  function brokenReply({ path }: DemoRequest): DemoReply | null {
    if (fault === 'error-500') return crashed;
    if (fault !== 'malformed' || path === '/version') return null;
    if (path === '/vpn/status') {
      const page = '<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>';
      return { status: 200, contentType: 'text/html; charset=utf-8', body: page };
    }
    return json(200, path === '/orchestrator/status' ? { status: 'healthy', engines: 'many' } : 'unexpected');
  }

  /** What each part has to know of a fault. */
  function script(next: DemoFault): void {
    world.advance(now());
    world.setScript(
      next === 'vpn-down' ? 'both-down' : next === 'flapping' ? 'single-flapping' : 'redundant',
    );
    portal.faults.sitesDown = next === 'site-down';
    portal.faults.engagementChanged = next === 'engagement-changed';
    for (const { desk } of [portal, workstations]) {
      if (next === 'token-expires') desk.expireIssued();
      else desk.acceptIssued();
    }
  }

  /** Answers the requests that hung; a refused server cuts them instead. */
  function release(): void {
    const waiting = [...held];
    held.clear();
    for (const resume of waiting) resume();
  }

  async function applyListening(): Promise<void> {
    const wanted = !closed && fault !== 'refused';
    if (wanted === server.listening) return;
    await (wanted ? listen() : hangUp());
  }

  function listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(boundPort, address, () => {
        server.off('error', reject);
        const bound = server.address();
        if (bound !== null && typeof bound === 'object') boundPort = bound.port;
        resolve();
      });
    });
  }

  function hangUp(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** One change of the socket at a time, each looking at what is wanted then. */
  function settleListening(): Promise<void> {
    switching = switching.then(applyListening, applyListening);
    return switching;
  }

  await settleListening();
  return {
    url: `http://${address}:${boundPort}`,
    apiKey,
    portal: portal.access,
    workstations: workstations.accounts,
    get secrets() {
      return [apiKey, ...portal.secrets, ...workstations.secrets];
    },
    get fault() {
      return fault;
    },
    setFault(next) {
      fault = next;
      script(next);
      if (next !== 'frozen' && next !== 'refused') release();
      return settleListening();
    },
    requestCount: (path) => counts.get(path) ?? 0,
    resetCounts: () => counts.clear(),
    close() {
      closed = true;
      return settleListening();
    },
  };
}
