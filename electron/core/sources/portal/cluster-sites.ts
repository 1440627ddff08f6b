import type { ClusterSite, Endpoint } from '../../../../shared/contract/portal.ts';
import { unnamedSite } from './read-clusters.ts';

/** Clusters by data centre. */
export interface ClusterList {
  readonly sites: ClusterSite[];
  /** false: the stream ended before the portal said that it was complete. */
  readonly complete: boolean;
}

/** As the contract allows. */
const mostClusters = 5000;
const mostSites = 1000;

/** Gathers what a stream says of each data centre; nothing said of one touches another. */
export class ClusterSites {
  readonly #sites = new Map<number, ClusterSite>();

  get size(): number {
    return this.#sites.size;
  }

  /** Adds what one event said. A data centre may be told of in several; an error is kept beside the clusters. */
  add(site: ClusterSite): ClusterSite {
    const before = this.#sites.get(site.endpointId);
    const clusters = [...(before?.clusters ?? []), ...site.clusters];
    const tooMany = `Only the first ${mostClusters} clusters of this data centre are listed.`;
    const joined = {
      endpointId: site.endpointId,
      name: before?.name ?? site.name,
      clusters: clusters.slice(0, mostClusters),
      error: site.error ?? before?.error ?? (clusters.length > mostClusters ? tooMany : null),
    };
    this.#sites.set(site.endpointId, joined);
    return joined;
  }

  /** In the order asked; a data centre that was asked and not told of is no empty one, and says so. */
  list(asked: readonly Endpoint[], complete: boolean): ClusterList {
    const unnamed = this.#sites.get(unnamedSite);
    const silent = complete
      ? 'The portal’s answer does not mention this data centre.'
      : 'The portal’s answer ended before this data centre.';
    const sites = asked.map(
      ({ id, name, technicalName }) =>
        this.#sites.get(id) ?? { endpointId: id, name: name ?? technicalName, clusters: [], error: silent },
    );
    const others = [...this.#sites.values()].filter(
      (site) => site !== unnamed && !asked.some(({ id }) => id === site.endpointId),
    );
    const all = [...sites, ...others, ...(unnamed ? [unnamed] : [])];
    return { sites: all.slice(0, mostSites), complete: complete && all.length <= mostSites };
  }
}
