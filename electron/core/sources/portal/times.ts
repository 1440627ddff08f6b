/** A moment of the portal, UTC ms, and how sure its zone is. */
export interface PortalTime {
  readonly at: number;
  /** false: the portal wrote no zone. */
  readonly zoneStated: boolean;
}

const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads a time in any of the portal's forms: epoch ms (as a number or in digits), ISO 8601 with an offset, and
 * `2025-04-08 10:08:38.0` without one. No document says which zone the last form means; it is read as UTC, the zone of
 * the portal's other two forms, and `zoneStated` tells that this is our reading.
 * @returns null for what is no time
 */
export function readTime(value: unknown): PortalTime | null {
  if (typeof value === 'number') return valid(value, true);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{11,14}$/.test(text)) return valid(Number(text), true);
  if (!/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/.test(text)) return null;
  const zoneStated = zone.test(text);
  const iso = text.replace(' ', 'T');
  return valid(Date.parse(zoneStated ? iso : `${iso}Z`), zoneStated);
}

function valid(at: number, zoneStated: boolean): PortalTime | null {
  // Nothing of a portal was made before its first day; 0 and -1 stand for "never".
  return Number.isFinite(at) && at > 0 && at <= 8.64e15 ? { at, zoneStated } : null;
}
