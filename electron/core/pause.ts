import type { PauseMinutes } from '../../shared/model/alerts.ts';
import { spanSince, stamp } from './clock.ts';
import type { Clock, Stamp } from './clock.ts';

/** Polling held back by an operator. One that is over is none any more, whoever still holds it. */
export interface Pause {
  /** When it began; UTC ms. */
  readonly since: number;
  readonly minutes: PauseMinutes;
  /** What the minutes count from: a pause chosen anew while one is on begins no later than that one. */
  readonly counted: Stamp;
}

/** @param before the pause before this one, which may be over; null: there was none */
export function startPause(clock: Clock, minutes: PauseMinutes, before: Pause | null): Pause {
  const counted = stamp(clock);
  return { since: stillOn(clock, before)?.since ?? counted.wall, minutes, counted };
}

/** `pause` as long as it is on. Sleep counts, a clock set back does not make it longer. */
export function stillOn(clock: Clock, pause: Pause | null): Pause | null {
  if (!pause || pause.minutes === null) return pause;
  return spanSince(clock, pause.counted) < pause.minutes * 60_000 ? pause : null;
}

/** When it ends by itself, UTC ms; null: when someone ends it. */
export function endOf({ minutes, counted }: Pause): number | null {
  return minutes === null ? null : counted.wall + minutes * 60_000;
}
