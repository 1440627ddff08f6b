import { z } from 'zod';
import type { ServerEvent } from '../../../../shared/contract/fleet.ts';
import { readReply, text, time } from './fields.ts';

/** Events of one reply. The servers answer at most 1000. */
export const eventsPage = 200;
export const mostEvents = 1000;

const event = z.object({
  /** A number; version 2 writes "ev_12". */
  id: z.union([z.number(), z.string()]).transform((value, context) => {
    const id = typeof value === 'number' ? value : Number(/\d+$/.exec(value)?.[0] ?? Number.NaN);
    if (Number.isFinite(id)) return id;
    context.addIssue({ code: 'custom', message: 'not an id' });
    return z.NEVER;
  }),
  timestamp: time,
  event_type: text,
  category: text,
  message: text,
  container_id: text,
  stream_id: text,
});
/** Version 2 writes an empty list as null. */
const events = z
  .array(event)
  .max(10_000)
  .nullable()
  .transform((list) => list ?? []);

/** GET /events, newest first. What has no time cannot be placed among the others and is left out. */
export function readEvents(reply: unknown, endpoint: string): ServerEvent[] {
  return readReply(events, reply, endpoint)
    .flatMap(({ id, timestamp, event_type, category, message, container_id, stream_id }) =>
      timestamp === null
        ? []
        : [
            {
              id,
              at: timestamp,
              type: event_type ?? 'unknown',
              category: category ?? 'unknown',
              message: message ?? '',
              engineId: container_id,
              streamId: stream_id,
            },
          ],
    )
    .toSorted(newestFirst)
    .slice(0, mostEvents);
}

/**
 * The newest page on top of what was read before. Ids alone do not tell events apart: they begin again when the
 * server's file is made anew, so the time belongs to them.
 * @param page newest first
 * @param known of the loads before, newest first
 * @param limit what was asked for: a shorter page is all the server has
 */
export function mergeEvents(
  page: readonly ServerEvent[],
  known: readonly ServerEvent[],
  limit: number,
): ServerEvent[] {
  const oldest = page.at(-1);
  if (oldest === undefined || page.length < limit) return [...page];
  const listed = new Set(page.map(identity));
  const older = known.filter((one) => one.at <= oldest.at && !listed.has(identity(one)));
  return [...page, ...older].slice(0, mostEvents);
}

/** Whether nothing can be missing between a page and what was read before it. */
export function adjoins(page: readonly ServerEvent[], known: readonly ServerEvent[]): boolean {
  const read = new Set(known.map(identity));
  return page.some((one) => read.has(identity(one)));
}

function identity({ id, at }: ServerEvent): string {
  return `${id}@${at}`;
}

function newestFirst(a: ServerEvent, b: ServerEvent): number {
  return b.at - a.at || b.id - a.id;
}
