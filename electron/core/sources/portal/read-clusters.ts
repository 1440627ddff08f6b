import { z } from 'zod';
import type { Cluster, ClusterSite, Endpoint } from '../../../../shared/contract/portal.ts';
import { isRecord } from '../server-detail.ts';
import { ownWords } from './envelope.ts';
import type { StreamEvent } from './event-stream.ts';
import { flag, id, number, text, time } from './fields.ts';
import { quoteTimestamps } from './quote-timestamps.ts';

/** Stands for a data centre that the portal did not name. */
export const unnamedSite = 0;

const cluster = z
  .object({
    clusterId: id,
    clusterName: text,
    status: text,
    nodescount: number,
    kubernetesVersion: text,
    type: text,
    displayNameEndpoint: text,
    location: text,
    isIksBackupEnabled: flag,
    createdTime: time,
  })
  .transform((one) => ({
    location: one.location,
    cluster: {
      id: one.clusterId,
      name: one.clusterName,
      status: one.status,
      nodes: one.nodescount,
      kubernetesVersion: one.kubernetesVersion,
      type: one.type,
      endpoint: one.displayNameEndpoint ?? one.location,
      backup: one.isIksBackupEnabled,
      createdAt: one.createdTime,
    } satisfies Cluster,
  }));
const clusters = z.array(cluster).max(5000);
type Located = z.output<typeof cluster>;

const site = z.object({
  endpointId: number,
  endpointName: text,
  clusters: clusters.nullish().transform((list) => list ?? []),
  error: z.unknown().optional(),
});

const unreadable = 'What the portal sent for this data centre could not be read.';

/**
 * What one event of the cluster stream says of a data centre. A bare list of clusters without an `id` is told apart by
 * the names its clusters carry. What cannot be read is that data centre's error and no other's.
 */
export function readSites(
  { id: eventId, data }: StreamEvent,
  asked: readonly Endpoint[],
  token: string,
): ClusterSite[] {
  const named = siteId(eventId);
  const value = parse(data);
  const broken = (at: number | null): ClusterSite[] => [
    siteOf(at ?? unnamedSite, null, [], unreadable, asked),
  ];
  if (Array.isArray(value)) {
    const list = clusters.safeParse(value);
    if (!list.success) return broken(named);
    return named === null ? byName(list.data, asked) : [siteOf(named, null, list.data, null, asked)];
  }
  const told = isRecord(value) ? siteId(value['endpointId']) : null;
  const read = isRecord(value) ? site.safeParse(value) : null;
  if (!read?.success) return broken(told ?? named);
  const { endpointName, clusters: list, error } = read.data;
  return [siteOf(told ?? named ?? unnamedSite, endpointName, list, errorWords(error, token), asked)];
}

/** JSON, also with the portal's bare timestamps in it; undefined: it is neither. */
function parse(data: string): unknown {
  for (const candidate of [data, quoteTimestamps(data)]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The parser's message quotes the data; whoever asked says what could not be read.
    }
  }
  return undefined;
}

function siteId(value: unknown): number | null {
  const read = id.safeParse(value);
  return read.success ? read.data : null;
}

function errorWords(error: unknown, token: string): string | null {
  if (error === null || error === undefined || error === '' || error === false) return null;
  const words = isRecord(error) ? error['message'] : error;
  return ownWords(words, token) ?? 'The portal reports an error without words.';
}

function siteOf(
  endpointId: number,
  name: string | null,
  list: readonly Located[],
  error: string | null,
  asked: readonly Endpoint[],
): ClusterSite {
  const known = asked.find((one) => one.id === endpointId);
  return {
    endpointId,
    name: name ?? known?.name ?? known?.technicalName ?? null,
    clusters: list.map((one) => one.cluster),
    error,
  };
}

function byName(list: readonly Located[], asked: readonly Endpoint[]): ClusterSite[] {
  const only = asked.length === 1 ? asked[0] : undefined;
  const groups = Map.groupBy(list, ({ location, cluster: { endpoint } }) => {
    const match = asked.find(
      (one) =>
        (one.name !== null && one.name === endpoint) ||
        (one.technicalName !== null && one.technicalName === location),
    );
    return (match ?? only)?.id ?? unnamedSite;
  });
  return [...groups].map(([at, group]) => siteOf(at, null, group, null, asked));
}
