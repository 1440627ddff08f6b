import type { PortalTime } from '../sources/portal/times.ts';

/** When the portal itself last looked, UTC ms, and how sure that is. */
export interface SyncTime {
  readonly syncedAt: number | null;
  readonly syncedZone: 'stated' | 'assumed-utc' | 'unknown' | null;
}

/** ms the portal's clock may be ahead of ours. */
const tolerance = 300_000;

/**
 * The age of the portal's own list. Without a zone it is read as UTC, and said to be; when that lies in the future, the
 * portal means another zone, and no age is better than a wrong one.
 * @param now UTC ms
 */
export function syncTime(time: PortalTime | null, now: number): SyncTime {
  if (time === null) return { syncedAt: null, syncedZone: null };
  if (time.zoneStated) return { syncedAt: time.at, syncedZone: 'stated' };
  if (time.at > now + tolerance) return { syncedAt: null, syncedZone: 'unknown' };
  return { syncedAt: time.at, syncedZone: 'assumed-utc' };
}
