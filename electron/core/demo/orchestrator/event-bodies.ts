import { zulu } from './wire-values.ts';
import type { World, WorldEvent } from './world-state.ts';

/** What GET /events is asked for; null: all. */
interface EventsQuery {
  readonly limit: number;
  readonly offset: number;
  readonly type: string | null;
  readonly category: string | null;
  readonly engineId: string | null;
  readonly streamId: string | null;
  /** UTC ms. */
  readonly since: number | null;
}

/** Newest first. */
export function events(world: World, query: EventsQuery): unknown[] {
  const { limit, offset, type, category, engineId, streamId, since } = query;
  return world.events
    .filter(
      (one) =>
        (type === null || one.type === type) &&
        (category === null || one.category === category) &&
        (engineId === null || one.containerId === engineId) &&
        (streamId === null || one.streamId === streamId) &&
        (since === null || one.at >= since),
    )
    .toReversed()
    .slice(offset, offset + limit)
    .map(eventBody);
}

function eventBody(event: WorldEvent): unknown {
  return {
    id: event.id,
    timestamp: zulu(event.at),
    event_type: event.type,
    category: event.category,
    message: event.message,
    details: event.details,
    container_id: event.containerId,
    stream_id: event.streamId,
  };
}
