import { bearer, fieldOf, json } from '../exchange.ts';
import type { DemoReply, DemoRequest } from '../exchange.ts';
import { randomText, TokenDesk } from '../tokens.ts';
import * as bodies from './bodies.ts';
import { orchard, portalUserNames, portalUsers } from './cast.ts';
import type { PortalEngagement, PortalUser, PortalUserName } from './cast.ts';
import { clusterStream } from './cluster-stream.ts';
import { estateOf } from './estate.ts';

const minute = 60_000;
/** A service login's token; clients renew it well before. */
const serviceLife = 8 * minute;
const longLife = 30 * 24 * 60 * minute;
const shortLife = 2 * minute;
/** ms from request to the head of a cluster stream; the rest of its 600 ms passes while sites answer. */
const streamHead = 150;
const streamTakes = 600;

/** Someone who can sign in at the demo's portal. */
interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/** Who may use the demo's portal, for the page and for tests. Passwords and tokens are new with every start. */
export interface DemoPortal {
  /** `customer` has one engagement, `engineer` three of three customers, `viewer` one of another customer. */
  readonly accounts: Readonly<Record<PortalUserName, DemoAccount>>;
  /** Ready to paste. `expiring` is good for 2 min from its first use. */
  readonly tokens: {
    readonly lasting: { readonly email: string; readonly token: string };
    readonly expiring: { readonly email: string; readonly token: string };
  };
}

/** What is simulated. */
interface PortalFaults {
  sitesDown: boolean;
  /** An administrator gave the customer's engagement another IPC id. */
  engagementChanged: boolean;
}

type Handler = (own: Own, request: DemoRequest) => DemoReply;

interface Own {
  readonly user: PortalUser;
  /** The id in the path; NaN where there is none. */
  readonly id: number;
}

/** A portal as its clients know it; the closed server's own replies are not recorded anywhere. */
export class PortalPart {
  readonly faults: PortalFaults = { sitesDown: false, engagementChanged: false };
  readonly desk: TokenDesk;
  readonly access: DemoPortal;
  readonly #now: () => number;

  /** `now`: UTC ms. */
  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.desk = new TokenDesk(now, random);
    const account = (name: PortalUserName): DemoAccount => ({
      email: portalUsers[name].email,
      password: randomText(random, 20),
    });
    const token = (name: PortalUserName, life: { lifeMs: number; fromFirstUse?: boolean }) => {
      const { email } = portalUsers[name];
      return { email, token: this.desk.issue(email, { ...life, claims: { preferred_username: email } }) };
    };
    this.access = {
      accounts: { customer: account('customer'), engineer: account('engineer'), viewer: account('viewer') },
      tokens: {
        lasting: token('engineer', { lifeMs: longLife }),
        expiring: token('viewer', { lifeMs: shortLife, fromFirstUse: true }),
      },
    };
  }

  static owns(path: string): boolean {
    return /^\/(?:portalservice|(?:uat-)?paasservice)\//.test(path);
  }

  get secrets(): readonly string[] {
    return [...Object.values(this.access.accounts).map(({ password }) => password), ...this.desk.tokens];
  }

  /** ms until its reply starts, as the session document has them. */
  delayOf(path: string): number {
    return this.#calls.find(({ pattern }) => pattern.test(path))?.ms ?? 200;
  }

  answer(request: DemoRequest): DemoReply {
    if (request.path === '/portalservice/api/v1/getAuthToken') return this.#signIn(request);
    const call = this.#calls.find(
      ({ method, pattern }) => method === request.method && pattern.test(request.path),
    );
    if (!call) return failed(404, 'No such service');
    const token = bearer(request.authorization);
    const judged = token === null ? { state: 'unknown' as const } : this.desk.judge(token);
    if (judged.state !== 'good') {
      return failed(401, judged.state === 'expired' ? 'Token has expired' : 'Token is missing or not valid');
    }
    const user = Object.values(portalUsers).find(({ email }) => email === judged.subject);
    if (!user) return failed(401, 'Token is missing or not valid');
    return call.handle({ user, id: Number(call.pattern.exec(request.path)?.[1] ?? NaN) }, request);
  }

  /** A refusal comes with HTTP 200, its reason in the token's place. */
  #signIn({ method, body }: DemoRequest): DemoReply {
    if (method !== 'POST') return failed(405, 'Method not allowed');
    const [email, password] = [fieldOf(body, 'email'), fieldOf(body, 'password')];
    const account = portalUserNames
      .map((name) => this.access.accounts[name])
      .find((one) => one.email === email && one.password === password);
    if (!account) return json(200, { statusCode: 500, accessToken: 'Invalid user name or password' });
    const claims = { preferred_username: account.email };
    return json(200, {
      statusCode: 200,
      accessToken: this.desk.issue(account.email, { lifeMs: serviceLife, claims }),
    });
  }

  readonly #calls: readonly {
    readonly method: 'GET' | 'POST';
    readonly pattern: RegExp;
    readonly ms: number;
    readonly handle: Handler;
  }[] = [
    {
      method: 'GET',
      pattern: /^\/paasservice\/paas\/engagements$/,
      ms: 300,
      handle: ({ user }) => succeeded(bodies.engagements(user.engagements)),
    },
    {
      method: 'GET',
      pattern: /^\/paasservice\/paas\/getIpcEngFromPaasEng\/(\d+)$/,
      ms: 250,
      handle: (own) => this.#ofPaas(own, (one) => succeeded({ ipc_engid: this.#ipcIdOf(one) })),
    },
    {
      method: 'GET',
      pattern: /^\/portalservice\/configservice\/getEndpointsByEngagement\/(\d+)$/,
      ms: 200,
      handle: (own) => this.#ofPaas(own, (one) => succeeded(bodies.endpoints(one))),
    },
    {
      method: 'GET',
      pattern: /^\/portalservice\/instances\/vmlist\/(\d+)$/,
      ms: 400,
      handle: (own) =>
        this.#ofIpc(own, (one) => succeeded(bodies.vmList(one, estateOf(one, own.id), this.#now()))),
    },
    {
      method: 'GET',
      pattern: /^\/portalservice\/securityservice\/departments\/(\d+)$/,
      ms: 200,
      handle: (own) =>
        this.#ofIpc(own, (one) => succeeded(bodies.departments(one, own.id, estateOf(one, own.id)))),
    },
    {
      method: 'GET',
      pattern: /^\/portalservice\/securityservice\/environmentsperengagement\/(\d+)$/,
      ms: 200,
      handle: (own) => this.#ofIpc(own, (one) => succeeded(bodies.environments(estateOf(one, own.id)))),
    },
    {
      method: 'GET',
      pattern: /^\/portalservice\/api\/v1\/(\d+)\/zonelist$/,
      ms: 200,
      handle: (own) => this.#ofIpc(own, (one) => succeeded(bodies.zones(estateOf(one, own.id)))),
    },
    {
      // With the engagement in the path on the real portal, without it in the session document.
      method: 'POST',
      pattern: /^\/(?:uat-)?paasservice\/paas\/(?:(\d+)\/)?clusterlist\/stream$/,
      ms: streamHead,
      handle: (own, request) => this.#clusters(own, request),
    },
  ];

  #clusters(own: Own, { body }: DemoRequest): DemoReply {
    const asked = fieldOf(body, 'endpoints');
    if (!Array.isArray(asked) || asked.length === 0) return failed(400, 'endpoints must not be empty');
    const engagements = own.user.engagements.filter(({ id }) => Number.isNaN(own.id) || id === own.id);
    const sites = engagements
      .flatMap((one) => one.sites)
      .filter(({ endpointId }) => asked.includes(endpointId));
    if (sites.length !== asked.length) return failed(403, 'An endpoint is not part of this engagement');
    return clusterStream({
      sites,
      clusters: engagements.flatMap((one) => estateOf(one, this.#ipcIdOf(one)).clusters),
      takesMs: streamTakes - streamHead,
      sitesDown: this.faults.sitesDown,
    });
  }

  #ofPaas({ user, id }: Own, answer: (engagement: PortalEngagement) => DemoReply): DemoReply {
    const engagement = user.engagements.find((one) => one.id === id);
    return engagement ? answer(engagement) : failed(403, `Engagement ${id} is not yours`);
  }

  #ofIpc({ user, id }: Own, answer: (engagement: PortalEngagement) => DemoReply): DemoReply {
    const engagement = user.engagements.find((one) => this.#ipcIdOf(one) === id);
    return engagement ? answer(engagement) : failed(403, `IPC engagement ${id} is not yours`);
  }

  #ipcIdOf(engagement: PortalEngagement): number {
    return this.faults.engagementChanged && engagement === orchard ? engagement.nextIpcId : engagement.ipcId;
  }
}

function succeeded(data: unknown): DemoReply {
  return json(200, { status: 'success', data, message: 'OK', responseCode: 200 });
}

function failed(status: number, message: string): DemoReply {
  return json(status, { status: 'failed', data: null, message, responseCode: status });
}
