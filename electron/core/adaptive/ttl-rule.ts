import type { Stillness } from './change-rate.ts';
import { chanceBand } from '../status/ttl-settings.ts';

/** What a TTL has to fit. Times in ms. */
export interface Conditions {
  readonly configured: number;
  /** null: it does not adapt. */
  readonly bounds: Bounds | null;
  readonly pollMs: number;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What is known of a resource. Times in ms. */
export interface Evidence {
  readonly stillness: Stillness | null;
  /** What a load takes, usually and at worst; null: too few are known. */
  readonly load: { readonly median: number; readonly p95: number } | null;
}

/** What a TTL aims at, and why. */
export interface Aim {
  /** ms, within the bounds. */
  readonly ttl: number;
  readonly cause: 'configured' | 'still' | 'slow' | 'changing';
  /** A bound stood against more. */
  readonly capped: boolean;
}

/** Share of the time unchanged that a value may count for: the heuristic of RFC 9111 §4.2.2. */
export const stillShare = 0.1;
/** Share of the TTL a load may take. */
export const loadShare = 0.25;
/** ms that a TTL is a multiple of. */
const step = 100;

/**
 * The TTL that fits what is known, before it is set to the ticks.
 *
 * - A value that stays the same may count for 10 % of the time it does (RFC 9111 §4.2.2).
 * - A load may take at most a quarter of the TTL, or the backend works for values that are hardly ever used. This goes
 *   before the first: the operator's bound says how old a value may be.
 * - One that changes more often than the configured TTL counts no longer than the mean time between two changes.
 * - Else, and while too little is known, it is the configured TTL, moved into the bounds.
 *
 * Never below `min` or above `max`. What is chosen above the configured TTL leaves room for the load under `max`: the
 * value is as old as its load was long when it comes.
 */
export function aimOf({ stillness, load }: Evidence, configured: number, { min, max }: Bounds): Aim {
  const base = clamp(configured, min, max);
  const cap = capOf(base, load, max);
  const slow = load === null ? 0 : load.median / loadShare;
  const still = stillness === null ? 0 : stillness.ms * stillShare;
  const wanted = Math.max(slow, still);
  if (wanted > base) {
    return { ttl: Math.min(cap, wanted), cause: slow > still ? 'slow' : 'still', capped: wanted > cap };
  }
  if (stillness !== null && stillness.ms < base) {
    const least = Math.max(min, slow);
    return { ttl: Math.max(least, stillness.ms), cause: 'changing', capped: stillness.ms < least };
  }
  return { ttl: base, cause: 'configured', capped: base !== configured };
}

/** Most that may be chosen, ms. */
export function capOf(base: number, load: Evidence['load'], max: number): number {
  return Math.max(base, max - (load?.p95 ?? 0));
}

/**
 * `ttl` (from `min` to `cap`) set to the ticks. From one poll and a margin on it is a multiple of the interval and the
 * margin, the one below: what is above it spares no further load and makes values older. For a slow load it is the one
 * above, where `cap` lets it. Never within 0.3 s of a multiple unless the bounds leave nothing else.
 */
export function setToTicks(
  ttl: number,
  { load }: Evidence,
  pollMs: number,
  { min, cap }: { readonly min: number; readonly cap: number },
  upwards: boolean,
): number {
  const margin = marginOf(load, pollMs);
  const fits = (candidate: number): boolean => candidate >= min && candidate <= cap;
  const polls = (ttl - margin) / pollMs;
  const below = Math.floor(polls) * pollMs + margin;
  const above = Math.ceil(polls) * pollMs + margin;
  if (upwards && ttl > pollMs - chanceBand && fits(above)) return above;
  if (polls >= 1 && fits(below)) return below;
  const short = floor(Math.min(ttl, pollMs - chanceBand));
  if (polls < 1 && fits(short)) return short;
  const multiple = Math.round(ttl / pollMs) * pollMs;
  if (multiple === 0 || Math.abs(ttl - multiple) >= chanceBand) return ttl;
  return [multiple - chanceBand, multiple + margin, multiple + chanceBand].find(fits) ?? ttl;
}

/**
 * ms past a tick that a value has to last for: what a load ahead of a tick is early by (see `leadOf`), and what pages ask
 * late by.
 */
export function marginOf(load: Evidence['load'], pollMs: number): number {
  const wanted = load === null ? 0 : 1.3 * load.p95 - load.median + 500;
  return Math.ceil(clamp(wanted, 500, pollMs - chanceBand - step) / step) * step;
}

function floor(ms: number): number {
  return Math.floor(ms / step) * step;
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
