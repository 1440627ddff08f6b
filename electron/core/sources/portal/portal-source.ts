import type {
  BusinessUnit,
  ClusterSite,
  Endpoint,
  Engagement,
  Environment,
  Zone,
} from '../../../../shared/contract/portal.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { createJsonClient } from '../http-json.ts';
import type { JsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';
import { ClusterSites } from './cluster-sites.ts';
import type { ClusterList } from './cluster-sites.ts';
import { openEnvelope } from './envelope.ts';
import { readEvents } from './event-stream.ts';
import {
  readBusinessUnits,
  readEndpoints,
  readEngagements,
  readEnvironments,
  readIpcEngagementId,
  readZones,
} from './read-context.ts';
import { readSites } from './read-clusters.ts';
import { readVms } from './read-vms.ts';
import type { VmList } from './read-vms.ts';

interface PortalSourceOptions {
  /** Scheme, host and path prefix, checked before. */
  readonly url: string;
  /** Cluster lists are under `/uat-paasservice/paas/{id}`, as on the real portal, not under `/paasservice/paas`. */
  readonly uatPaths: boolean;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Whose token a request carries, and when it is given up. Each method sends exactly one request with exactly this token
 * and keeps neither.
 */
export interface PortalRequest {
  readonly token: string;
  readonly signal: AbortSignal;
}

/** A portal, call by call. Every method throws `SourceError` and nothing else; nothing is retried. */
export interface PortalSource {
  engagements(request: PortalRequest): Promise<Engagement[]>;
  ipcEngagementId(paasId: number, request: PortalRequest): Promise<number>;
  /** By the PaaS id, unlike what comes after it. */
  endpoints(paasId: number, request: PortalRequest): Promise<Endpoint[]>;
  businessUnits(ipcId: number, request: PortalRequest): Promise<BusinessUnit[]>;
  environments(ipcId: number, request: PortalRequest): Promise<Environment[]>;
  zones(ipcId: number, request: PortalRequest): Promise<Zone[]>;
  vms(ipcId: number, request: PortalRequest): Promise<VmList>;
  /**
   * Clusters of the data centres in `asked`, as the portal's stream brings them. A stream that breaks off, or takes too
   * long, after it brought something is `complete: false` with what came.
   * @param onSite called with each data centre as it comes
   */
  clusters(
    paasId: number,
    asked: readonly Endpoint[],
    request: PortalRequest,
    onSite?: (site: ClusterSite) => void,
  ): Promise<ClusterList>;
}

const who = 'The portal';
/** Bytes. A machine is about 1 KiB, and there may be 20 000. */
const largestReply = 32 * 1024 * 1024;

export function createPortalSource({ url, uatPaths, log, clock }: PortalSourceOptions): PortalSource {
  const baseUrl = new URL(url.trim());

  /** A client for one request: what holds a token lives no longer than the request. */
  function clientFor(token: string): JsonClient {
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new SourceError('unauthorized', 'The token holds characters that no HTTP header can carry.');
    }
    return createJsonClient({
      who,
      baseUrl,
      headers: { authorization: `Bearer ${token}` },
      secrets: [token],
      credential: 'token',
      maxBytes: largestReply,
    });
  }

  async function get<T>(
    path: string,
    { token, signal }: PortalRequest,
    read: (data: unknown, endpoint: string) => T,
  ): Promise<T> {
    const endpoint = `GET ${path}`;
    const startedAt = clock.mono();
    const reply = await clientFor(token).get(path, signal);
    log.debug(`portal: ${endpoint} took ${Math.round(clock.mono() - startedAt)} ms`);
    return read(openEnvelope(reply, endpoint, token), endpoint);
  }

  async function clusters(
    paasId: number,
    asked: readonly Endpoint[],
    { token, signal }: PortalRequest,
    onSite: (site: ClusterSite) => void = () => {},
  ): Promise<ClusterList> {
    const path = uatPaths
      ? `/uat-paasservice/paas/${paasId}/clusterlist/stream`
      : '/paasservice/paas/clusterlist/stream';
    const body = { endpoints: asked.map(({ id }) => id) };
    const sites = new ClusterSites();
    const reply = await clientFor(token)
      .stream(path, signal, body)
      .catch((error: unknown) => {
        throw withOtherPath(error, uatPaths);
      });
    if (reply.kind === 'json') {
      openEnvelope(reply.value, `POST ${path}`, token);
      throw new SourceError('bad-reply', `The portal answered POST ${path} without a stream.`);
    }
    try {
      for await (const event of readEvents(reply.pieces)) {
        if (event.event === 'complete') return sites.list(asked, true);
        if (event.event !== 'endpoint' && event.event !== 'message') continue;
        for (const site of readSites(event, asked, token)) onSite(sites.add(site));
      }
    } catch (error) {
      if (!(error instanceof SourceError) || error.code === 'cancelled' || sites.size === 0) throw error;
      log.info(`portal: clusters are incomplete: ${error.message}`);
    }
    return sites.list(asked, false);
  }

  return {
    engagements: (request) => get('/paasservice/paas/engagements', request, readEngagements),
    ipcEngagementId: (paasId, request) =>
      get(`/paasservice/paas/getIpcEngFromPaasEng/${paasId}`, request, readIpcEngagementId),
    endpoints: (paasId, request) =>
      get(`/portalservice/configservice/getEndpointsByEngagement/${paasId}`, request, readEndpoints),
    businessUnits: (ipcId, request) =>
      get(`/portalservice/securityservice/departments/${ipcId}`, request, readBusinessUnits),
    environments: (ipcId, request) =>
      get(`/portalservice/securityservice/environmentsperengagement/${ipcId}`, request, readEnvironments),
    zones: (ipcId, request) => get(`/portalservice/api/v1/${ipcId}/zonelist`, request, readZones),
    vms: (ipcId, request) => get(`/portalservice/instances/vmlist/${ipcId}`, request, readVms),
    clusters,
  };
}

/** Which path a portal has is the operator's to say; nothing is tried behind their back. */
function withOtherPath(error: unknown, uatPaths: boolean): unknown {
  if (!(error instanceof SourceError) || error.code !== 'not-found') return error;
  const hint = uatPaths ? 'Turn “UAT paths” off' : 'Turn “UAT paths” on';
  return new SourceError('not-found', `${error.message} ${hint} in the profile to try the other path.`, {
    supported: false,
  });
}
