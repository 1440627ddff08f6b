import type { ManagerCache, WorkstationList } from '../../../shared/contract/workstations.ts';
import { ManagerRefusal } from '../sources/workstations/manager-client.ts';
import { SourceError } from '../sources/source-error.ts';

/** Names listed in a sentence. */
const mostNames = 3;

/** The server certainly did nothing: it never got the request, did not accept who asked, or knows no such thing. */
export function didNotAct(error: unknown): boolean {
  if (!(error instanceof SourceError)) return false;
  return (
    !error.arrived || ['unauthorized', 'forbidden', 'not-found', 'rate-limited', 'tls'].includes(error.code)
  );
}

/** Words between a failure and what is known: a refusal is an answer, anything else leaves open what happened. */
export function notKnown(error: unknown): string {
  return error instanceof ManagerRefusal ? '' : 'What the server did is not known. ';
}

/** What the list tells after adding a workstation failed. null: it was not read. */
export function listAfter(before: WorkstationList | null, after: WorkstationList | null): string {
  if (!after) return 'The list could not be read again.';
  if (!before) return `The list now shows ${count(after.workstations.length, 'workstation')}.`;
  const known = new Set(before.workstations.map(({ id }) => id));
  const added = after.workstations.filter(({ id }) => !known.has(id));
  if (added.length === 0) return 'The list shows no new workstation.';
  const names = added.slice(0, mostNames).map(({ id, name }) => name ?? id);
  const more = added.length > mostNames ? ', …' : '';
  return `The list now shows ${added.length === 1 ? 'one' : added.length} more: ${names.join(', ')}${more}.`;
}

/** What the manager's counters tell after clearing its cache failed. null: they were not read. */
export function cacheAfter(before: ManagerCache | null, after: ManagerCache | null): string {
  if (!after) return 'Its statistics could not be read again.';
  if (after.size === null) return 'Its statistics do not say how many entries there are.';
  const was = before?.size ?? null;
  return `Its cache now holds ${count(after.size, 'entry')}${was === null ? '' : `; it held ${was} before`}.`;
}

function count(n: number, what: 'entry' | 'workstation'): string {
  if (n === 1) return `1 ${what}`;
  return `${n} ${what === 'entry' ? 'entries' : 'workstations'}`;
}
