import type { LoggedEvent } from '../../shared/contract/events.ts';
import type { ServerEvent } from '../../shared/contract/fleet.ts';
import type { EventKind, Severity } from '../../shared/model/events.ts';
import { eventKinds } from '../../shared/model/events.ts';
import { kindWords } from '../ui/event-words.ts';

/** Who tells it: Cachedeck what it saw, the orchestrator what it says it did. */
export const origins = ['cachedeck', 'orchestrator'] as const;
export type Origin = (typeof origins)[number];

/** Kinds that only an orchestrator's own events have; its `vpn` is the same as ours. */
export const serverKinds = ['engine', 'stream', 'health', 'system', 'other'] as const;
export type ShownKind = EventKind | (typeof serverKinds)[number];

export const shownKindWords: Readonly<Record<ShownKind, string>> = {
  ...kindWords,
  engine: 'Engine',
  stream: 'Stream',
  health: 'Health',
  system: 'System',
  other: 'Other',
};

/** An event of either origin, as the page lists it. */
export interface ShownEvent {
  /** Of this event alone: ids of the two origins are counted apart, and a server's may begin again. */
  readonly key: string;
  readonly origin: Origin;
  /** UTC ms; by the clock of who tells it. */
  readonly at: number;
  readonly kind: ShownKind;
  readonly severity: Severity;
  readonly subject: string | null;
  readonly title: string;
  readonly detail: string | null;
  /** null: told by a server, which knows of no profile. */
  readonly profile: string | null;
}

/** The same object for the same event, so that its row is not drawn again at each poll. */
function remembering<Event extends object>(make: (event: Event) => ShownEvent): (event: Event) => ShownEvent {
  const made = new WeakMap<Event, ShownEvent>();
  return (event) => {
    const known = made.get(event) ?? make(event);
    made.set(event, known);
    return known;
  };
}

export const ownEvent = remembering<LoggedEvent>(({ id, ...event }) => ({
  ...event,
  key: `own ${id}`,
  origin: 'cachedeck',
}));

export const serverEvent = remembering<ServerEvent>((event) => ({
  key: `server ${event.id} ${event.at}`,
  origin: 'orchestrator',
  at: event.at,
  kind: serverKind(event.type),
  severity: severities[event.category] ?? 'info',
  subject: subjectOf(event),
  title: event.message,
  detail: `Category: ${event.category.replaceAll('_', ' ')}.`,
  profile: null,
}));

/** Categories of the releases that are known; any other is told as information. */
const severities: Readonly<Record<string, Severity>> = {
  failed: 'bad',
  disconnected: 'attention',
  warning: 'attention',
  insufficient_engines: 'attention',
  replacement_started: 'attention',
};

function serverKind(type: string): ShownKind {
  if (type === 'vpn') return 'vpn';
  return serverKinds.find((kind) => kind === type) ?? 'other';
}

/** Ids are long: the first twelve characters tell containers apart, as Docker shows them. */
function subjectOf({ engineId, streamId }: ServerEvent): string | null {
  if (engineId !== null) return `Engine ${engineId.slice(0, 12)}`;
  return streamId === null ? null : `Stream ${streamId.slice(0, 12)}`;
}

/** The kinds that main's own log knows, of those that are wanted. */
export function ownKinds(kinds: readonly ShownKind[]): EventKind[] {
  return eventKinds.filter((kind) => kinds.includes(kind));
}

/**
 * Both lists as one, newest first; each keeps its own order.
 * @param complete false: there are older own events that are not loaded, and where they belong is not known yet; a
 *   server's events from before the last loaded one wait for them
 */
export function mergeEvents(
  own: readonly ShownEvent[],
  server: readonly ShownEvent[],
  complete: boolean,
): readonly ShownEvent[] {
  const from = complete ? null : (own.at(-1)?.at ?? null);
  const merged: ShownEvent[] = [];
  let next = 0;
  for (const event of server) {
    if (from !== null && event.at < from) break;
    for (let mine = own[next]; mine && mine.at >= event.at; mine = own[next]) {
      merged.push(mine);
      next += 1;
    }
    merged.push(event);
  }
  merged.push(...own.slice(next));
  return merged;
}
