import { longestSession } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';

/**
 * ms each field of a session counts: a day, or less where `CACHEDECK_TTL_SESSION_<FIELD>` says so in seconds. What is no
 * number from 0 to a day is ignored.
 */
export function sessionTtl(
  environment: Readonly<Record<string, string | undefined>>,
): (field: SessionField) => number {
  return (field) => {
    const text = environment[`CACHEDECK_TTL_SESSION_${field.toUpperCase()}`]?.trim();
    const ms = text ? Number(text) * 1000 : NaN;
    return ms >= 0 && ms <= longestSession ? ms : longestSession;
  };
}
