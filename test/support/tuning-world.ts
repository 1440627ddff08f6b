import type { CallOutput } from '../../shared/rpc/client.ts';
import type { AdaptiveTtl } from '../../shared/contract/tuning.ts';

/** A resource whose TTL adapts and has grown. */
export function adaptiveTtlOf(rest: Partial<AdaptiveTtl> = {}): AdaptiveTtl {
  return {
    key: 'vpn:status',
    on: true,
    ttl: 14_000,
    configured: 3000,
    min: 2000,
    max: 15_000,
    reason: '14 s: unchanged for 12 min on average, at most 10 % of that, capped at 15 s.',
    loads: 140,
    changes: 3,
    medianLoadMs: 40,
    changeEvery: 720_000,
    unchangedFor: 300_000,
    ...rest,
  };
}

/** What `tuning.state` answers at `now`, UTC ms, unless a test says otherwise. */
export function tuningOf(
  now: number,
  rest: Partial<CallOutput<'tuning.state'>> = {},
): CallOutput<'tuning.state'> {
  return {
    now,
    adaptive: [
      adaptiveTtlOf(),
      adaptiveTtlOf({
        key: 'stats:total',
        on: false,
        ttl: 3000,
        min: 3000,
        max: 3000,
        reason: '3 s as configured: adapting is off.',
        changes: 120,
        changeEvery: 5000,
        unchangedFor: 5000,
      }),
    ],
    advice: [
      {
        id: 'never-hit:stats:total',
        key: 'stats:total',
        kind: 'never-hit',
        text: 'Engine totals: never hit in 24 h. The TTL of 3 s is below the 5 s poll.',
      },
    ],
    warming: null,
    ...rest,
  };
}
