import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionComparison } from '../../shared/contract/sessions.ts';
import { longestSession } from '../../shared/model/sessions.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { startDemo } from '../../electron/core/demo/demo-server.ts';
import { silentLog } from '../../electron/core/log.ts';
import { compareSessions } from '../../electron/core/sessions/compare.ts';
import type { AskPortal } from '../../electron/core/sessions/compare.ts';
import { comparisonStores } from '../../electron/core/sessions/comparison-stores.ts';
import { createPortalSource } from '../../electron/core/sources/portal/portal-source.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { seededRandom } from './eager-clock.ts';

interface CompareBedOptions {
  /** Of the one who compares. */
  readonly clock: Clock;
  /** Of the demo, which takes exactly the documents' times by it. */
  readonly serverClock: Clock;
}

type DemoUser = 'customer' | 'engineer' | 'viewer';

/** A demo portal, a folder, and comparisons between them over HTTP. */
export async function compareBed({ clock, serverClock }: CompareBedOptions) {
  const backend = await startDemo({ clock: serverClock, random: seededRandom() });
  const source = createPortalSource({ url: backend.url, uatPaths: true, log: silentLog, clock });
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-compare-'));
  const problems = new Problems(clock);
  const stores = comparisonStores({
    clock,
    random: seededRandom(),
    folder,
    problems,
    openStore: openConfStore,
    ttlOf: () => longestSession,
  });

  async function tokenOf(user: DemoUser): Promise<string> {
    const reply = await fetch(`${backend.url}/portalservice/api/v1/getAuthToken`, {
      method: 'POST',
      body: JSON.stringify(backend.portal.accounts[user]),
    });
    return ((await reply.json()) as { accessToken: string }).accessToken;
  }

  async function compare(
    user: DemoUser = 'customer',
    engagementId: number | null = null,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<SessionComparison> {
    const token = await tokenOf(user);
    const portal: AskPortal = (asking, send) => send(source, { token, signal: asking });
    const { email } = backend.portal.accounts[user];
    return compareSessions({ portal, email, engagementId, newStore: stores.newStore, clock, signal });
  }

  return {
    backend,
    source,
    folder,
    problems,
    stores,
    tokenOf,
    compare,
    async close() {
      stores.remove();
      await backend.close();
    },
  };
}
