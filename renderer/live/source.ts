import type { CallName, CallOutput } from '../../shared/rpc/client.ts';
import { chipOf } from '../../shared/model/freshness.ts';
import type { Chip } from '../../shared/model/freshness.ts';
import type { Poll, Reading } from '../../shared/model/reading.ts';
import { spanBetween } from './ticker.ts';
import type { Stamp } from './ticker.ts';

/** The calls that answer with a reading. */
export type PollName = {
  [N in CallName]: CallOutput<N> extends { reading: { served: string } } ? N : never;
}[CallName];

export type PollValue<N extends PollName> =
  CallOutput<N> extends { reading: { value: infer T | null } } ? NonNullable<T> : never;

/** What is known of a polled thing before it is asked. */
export interface Polled {
  /** What operators call it. */
  readonly title: string;
  /** What a 401 says of the backend's way to know who asks. */
  readonly credential: 'key' | 'account';
  /** It is asked at each of main's ticks; otherwise in a slower rhythm of its own, which only its replies tell. */
  readonly everyTick: boolean;
}

/** One thing read from a backend, as the page holds it. */
export interface Source<T> {
  readonly polled: Polled;
  readonly reading: Reading<T>;
  /** When the reply arrived; null before the first. */
  readonly received: Stamp | null;
  /** Main's wall clock at the reply, UTC ms. */
  readonly repliedAt: number | null;
  /** A request of this page is under way for long enough to be worth a word. */
  readonly updating: boolean;
  /** The page's own call failed: main did not answer, so nothing is known of the backend. */
  readonly callError: string | null;
  /** When the page began to ask. */
  readonly startedAt: Stamp;
}

const blank: Reading<never> = {
  value: null,
  loadedAt: null,
  observedAt: null,
  age: null,
  ttl: 0,
  interval: 5000,
  served: 'none',
  updatingFor: null,
  failure: null,
  supported: true,
};

export function sourceOf<T>(
  polled: Polled,
  reply: { readonly poll: Poll<T>; readonly received: Stamp } | undefined,
  rest: Pick<Source<T>, 'updating' | 'callError' | 'startedAt'>,
): Source<T> {
  return {
    polled,
    reading: reply?.poll.reading ?? blank,
    received: reply?.received ?? null,
    repliedAt: reply?.poll.now ?? null,
    ...rest,
  };
}

/** ms the backend had observed the value before main's load began; 0 where it does not say. */
export function observedBefore(reading: Reading<unknown>): number {
  if (reading.observedAt === null || reading.loadedAt === null) return 0;
  return Math.max(0, reading.loadedAt - reading.observedAt);
}

/** Data age at `now`: main's age at the reply and the time since; the same that tray and ribbons count. */
export function ageAt(source: Source<unknown>, now: Stamp): number | null {
  const { reading, received } = source;
  if (reading.age === null || received === null) return null;
  return reading.age + spanBetween(received, now);
}

/** Main's wall clock at `now`, UTC ms: a browser on another machine may have another one. */
export function mainTimeAt(source: Source<unknown>, now: Stamp): number {
  if (source.repliedAt === null || source.received === null) return now.wall;
  return source.repliedAt + spanBetween(source.received, now);
}

export function chipAt(source: Source<unknown>, now: Stamp, paused: boolean): Chip {
  const busy = source.updating ? Number.POSITIVE_INFINITY : source.reading.updatingFor;
  return chipOf({ ...source.reading, updatingFor: busy }, { age: ageAt(source, now), paused });
}
