import type { FailureCode } from '../../../shared/model/reading.ts';

/** A load that the cache itself ended or refused. `code` says which, in the words operators see. */
export class CacheError extends Error {
  override readonly name = 'CacheError';
  readonly code: Extract<FailureCode, 'timeout' | 'cancelled' | 'bad-reply'>;

  constructor(code: CacheError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The load ran longer than its time limit of `ms`. */
export function timedOut(ms: number): CacheError {
  return new CacheError('timeout', `No answer within ${ms / 1000} s.`);
}

/** The load was given up because nobody may have, or wants, its result any more. */
export function cancelled(): CacheError {
  return new CacheError('cancelled', 'The request was cancelled.');
}

/** The loader returned `undefined`, which is no value. */
export function emptyLoad(): CacheError {
  return new CacheError('bad-reply', 'The load returned nothing.');
}

/** Throws `RangeError` unless `ms` is a finite number ≥ 0. `name` goes into the message. */
export function checkDuration(name: string, ms: unknown): void {
  if (typeof ms !== 'number' || !(ms >= 0 && ms < Infinity)) {
    throw new RangeError(`${name} must be a finite number of milliseconds ≥ 0`);
  }
}
