import type { Failure, FailureCode, Reading } from '../../../shared/model/reading.ts';
import type { Asked } from '../status/asked.ts';
import { ControlFault } from './answers.ts';

/** What the headers of a reading say, for the document. */
export const freshnessHeaders = {
  Age: 'Seconds since the load of the body began, by Cachedeck’s clock (RFC 9111)',
  'Cache-Status': 'How Cachedeck’s cache answered (RFC 9211); a negative ttl: expired for so long',
  'Cache-Control': 'Less Age, the seconds it may be used for without asking again',
} as const;

export const readingFaults = {
  404: 'The backend does not report it, or the profile has none',
  502: 'Nothing was ever read and the backend cannot be reached or answers with an error',
  503: 'Nothing was ever read and it is not asked now, or another profile is being connected; see Retry-After',
  504: 'Nothing was ever read and the backend does not answer in time',
} as const;

const statusOfFailure: Readonly<Record<FailureCode, 502 | 503 | 504>> = {
  unreachable: 502,
  timeout: 504,
  unauthorized: 502,
  forbidden: 502,
  'not-found': 502,
  'rate-limited': 503,
  'server-error': 502,
  'bad-reply': 502,
  tls: 502,
  cancelled: 503,
};

/**
 * The headers that tell how old an answer is. Freshness counts from storing and Age from the start of the load, so
 * `max-age` is Age and what is left: who subtracts the one from the other, as caches do, gets what is left.
 */
export function headersOf(asked: Asked<unknown>, paused: boolean): Record<string, string> {
  const { reading } = asked;
  const age = Math.floor((reading.age ?? 0) / 1000);
  const left = Math.max(0, Math.floor((asked.freshFor ?? 0) / 1000));
  return {
    Age: String(age),
    'Cache-Status': `Cachedeck; ${howServed(asked, paused)}`,
    // A reply to a key is for its holder alone.
    'Cache-Control': `private, max-age=${left === 0 ? 0 : age + left}`,
  };
}

function howServed({ reading, freshFor, hadExpired }: Asked<unknown>, paused: boolean): string {
  const why = hadExpired ? 'stale' : 'miss';
  const stored = freshFor === null ? '' : '; stored';
  switch (reading.served) {
    case 'hit':
      return `hit; ttl=${seconds(freshFor ?? 0)}`;
    case 'miss':
      return `fwd=${why}${stored}`;
    case 'coalesced':
      return `fwd=${why}${stored}; collapsed`;
    case 'bypass':
      return 'fwd=bypass';
    case 'last-good':
    case 'restored':
    case 'none': {
      const ttl = seconds(freshFor ?? Math.min(0, reading.ttl - (reading.age ?? 0)));
      return `hit; ttl=${ttl}; detail=${reading.failure?.code ?? (paused ? 'paused' : 'updating')}`;
    }
  }
}

/** Whole seconds, towards the past: never fresher than it is. */
function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The value of a reading. @throws ControlFault where there is none, with the reason. */
export function valueOf<T>({ value, supported, failure }: Reading<T>, now: number): T {
  if (value !== null) return value;
  if (!supported) {
    throw new ControlFault({
      status: 404,
      code: 'not-reported',
      detail: 'The backend does not report this, or the profile has none.',
    });
  }
  if (failure) throw new ControlFault(faultOf(failure, now));
  throw new ControlFault({
    status: 503,
    code: 'unavailable',
    detail: 'Nothing was read yet and polling is paused.',
    headers: { 'Retry-After': '5' },
  });
}

function faultOf(
  { code, message, nextTryAt }: Failure,
  now: number,
): ConstructorParameters<typeof ControlFault>[0] {
  const retry: Record<string, string> =
    nextTryAt === null ? {} : { 'Retry-After': String(Math.max(1, Math.ceil((nextTryAt - now) / 1000))) };
  return { status: statusOfFailure[code], code, detail: message, headers: retry };
}
