/** Used until a reply has told when main ticks, and as the step after a failed call. */
export const fallbackIntervalMs = 5000;
/** Polls land this much after main's tick, so that the value loaded ahead of it is there. */
export const afterTickMs = 30;
/** The page's second strikes this much after main's tick: the replies to its polls are there and drawn with it. */
const strikeAfterTickMs = 90;
/** Statistics are asked once the polls of the same tick have been counted. */
export const afterPollsMs = 350;

export interface ScheduleState {
  /** Monotonic ms at which the next request is due; null before the first reply. */
  readonly dueAt: number | null;
  readonly now: number;
  readonly fetching: boolean;
  /** The last request failed after the last reply. */
  readonly failed: boolean;
}

/** ms until the next request. After a failed one, the next multiple of the interval, so that windows stay aligned. */
export function nextRequestIn({ dueAt, now, fetching, failed }: ScheduleState): number {
  if (fetching || dueAt === null) return fallbackIntervalMs;
  const remaining = dueAt - now;
  if (remaining > 0) return remaining;
  if (!failed) return 1; // a late timer: ask at once
  return remaining + (Math.floor(-remaining / fallbackIntervalMs) + 1) * fallbackIntervalMs;
}

let lastTickAt: number | null = null;

/** Remembers one of main's ticks, on the page's monotonic clock. */
export function noteTick(at: number): void {
  lastTickAt = at;
}

/** When statistics are due next: a little after a tick and at least half an interval from `now`. */
export function nextStatisticsAt(now: number): number {
  if (lastTickAt === null) return now + fallbackIntervalMs / 5;
  const due = lastTickAt + afterPollsMs;
  const behind = now + fallbackIntervalMs / 2 - due;
  return behind <= 0 ? due : due + Math.ceil(behind / fallbackIntervalMs) * fallbackIntervalMs;
}

/** ms from `now` to the page's next second: in step with main's ticks, and never two at once. */
export function secondAfterTick(now: number): number {
  if (lastTickAt === null) return 1000;
  const since = now - lastTickAt - strikeAfterTickMs;
  const left = Math.ceil(since / 1000) * 1000 - since;
  return left < 250 ? left + 1000 : left;
}
