import type { DemoReply, StreamPart } from '../exchange.ts';
import { clustersText } from './bodies.ts';
import type { Site } from './cast.ts';
import type { EstateCluster } from './estate.ts';

interface ClusterStreamOptions {
  readonly sites: readonly Site[];
  readonly clusters: readonly EstateCluster[];
  /** ms from the head of the reply to its end. */
  readonly takesMs: number;
  /** Only the first site works, and the stream breaks off before the last one had its turn. */
  readonly sitesDown: boolean;
}

/** Server-sent events, a data centre each: `event`, `id`, `data`, comments between them, and `complete` at the end. */
export function clusterStream({ sites, clusters, takesMs, sitesDown }: ClusterStreamOptions): DemoReply {
  const told = sitesDown ? sites.slice(0, Math.max(1, sites.length - 1)) : sites;
  const texts = told.map((site, n) => {
    const down = sitesDown && n > 0;
    return siteEvent(
      down ? { ...site, broken: `Data centre ${site.name} is not reachable` } : site,
      clusters.filter((cluster) => cluster.site.endpointId === site.endpointId),
    );
  });
  return {
    status: 200,
    contentType: 'text/event-stream;charset=UTF-8',
    body: ':ping\n\n',
    stream: spread([...texts, sitesDown ? '' : 'event: complete\ndata: done\n\n'], takesMs),
    breaksOff: sitesDown,
  };
}

function siteEvent(site: Site, clusters: readonly EstateCluster[]): string {
  const list = clustersText(site.broken === null ? clusters : []);
  const head = `"endpointId":${site.endpointId},"endpointName":${JSON.stringify(site.name)}`;
  const data = site.bare
    ? list
    : `{${head},"clusters":${list},"error":${site.broken === null ? 'null' : JSON.stringify(site.broken)}}`;
  return `event: endpoint\nid: ${site.endpointId}\ndata: ${data}\n\n:ping\n\n`;
}

/** Whole milliseconds that add up to `ms`. */
function spread(texts: readonly string[], ms: number): readonly StreamPart[] {
  const at = (n: number): number => Math.round((ms * n) / texts.length);
  return texts.map((text, n) => ({ afterMs: at(n + 1) - at(n), text }));
}
