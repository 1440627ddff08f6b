import type { PortalContext } from '../../../shared/contract/portal.ts';
import { spanSince } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { SessionReading } from '../sessions/session-store.ts';
import { describeError } from '../status/readings.ts';
import { MustChooseError } from './portal-errors.ts';
import type { UserSession } from './user-session.ts';

type Aged<T> = {
  value: T | null;
  loadedAt: number | null;
  age: number | null;
  served: SessionReading<T>['served'] | 'none';
  failure: PortalContext['zones']['failure'];
};

const absent: Aged<never> = { value: null, loadedAt: null, age: null, served: 'none', failure: null };

/**
 * A user's context, field by field: the list of engagements with one call, the rest from the session store. A field that
 * cannot be had says why and hides no other, except what cannot be asked for without it.
 */
export async function readContext(session: UserSession, clock: Clock): Promise<PortalContext> {
  const listed = await settled(
    session.engagements().then(({ engagements, at }) => ({
      value: engagements,
      loadedAt: at.wall,
      age: spanSince(clock, at),
      served: 'miss' as const,
    })),
  );
  const chosen = await chosenId(session, listed);
  const { reading: paas } = chosen;
  const [engagement, ipcEngagementId, endpoints] = await Promise.all([
    after(paas, (id) => session.engagement(id)),
    after(paas, (id) => session.ipcId(id)),
    after(paas, (id) => session.endpoints(id)),
  ]);
  const [businessUnits, environments, zones] = await Promise.all([
    after(ipcEngagementId, (id) => session.businessUnits(id)),
    after(ipcEngagementId, (id) => session.environments(id)),
    after(ipcEngagementId, (id) => session.zones(id)),
  ]);
  // Half of it may be of the engagement before.
  session.throwIfStopped();
  return {
    engagements: listed,
    engagement,
    mustChoose: chosen.mustChoose,
    ipcEngagementId,
    endpoints,
    businessUnits,
    environments,
    zones,
  };
}

/** The id from the store, unless the portal does not offer that engagement any more. */
async function chosenId(
  session: UserSession,
  listed: PortalContext['engagements'],
): Promise<{ readonly reading: Aged<number>; readonly mustChoose: boolean }> {
  try {
    let reading = await session.paasId();
    const { value: offered } = listed;
    if (offered !== null && !offered.some(({ id }) => id === reading.value)) {
      reading = await session.paasId({ forceRefresh: true });
    }
    return { reading: { ...reading, failure: null }, mustChoose: false };
  } catch (error) {
    if (error instanceof MustChooseError) return { reading: absent, mustChoose: true };
    return { reading: { ...absent, failure: describeError(error) }, mustChoose: false };
  }
}

/** What is asked for with `needed`; without it, the reason why it is not there. */
function after<T>(needed: Aged<number>, ask: (id: number) => Promise<SessionReading<T>>): Promise<Aged<T>> {
  if (needed.value === null) return Promise.resolve({ ...absent, failure: needed.failure });
  return settled(ask(needed.value));
}

async function settled<T>(asked: Promise<SessionReading<T>>): Promise<Aged<T>> {
  try {
    const { value, loadedAt, age, served } = await asked;
    return { value, loadedAt, age, served, failure: null };
  } catch (error) {
    return { ...absent, failure: describeError(error) };
  }
}
