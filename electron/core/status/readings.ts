import type { Failure, FailureCode, Reading, Served } from '../../../shared/model/reading.ts';
import type { FailureRun, Snapshot } from '../cache/types.ts';
import { CacheError } from '../cache/errors.ts';
import type { Observed } from '../sources/orchestrator/orchestrator-source.ts';
import { SourceError } from '../sources/source-error.ts';
import type { ResourceSpec } from './resources.ts';

/**
 * What the page is shown of a cache entry. A backend that lacks the endpoint and never had it is "not reported",
 * which is no failure.
 */
export function readingOf<T>(
  spec: Pick<ResourceSpec, 'ttl'>,
  pollMs: number,
  snapshot: Snapshot<Observed<T>>,
  served: Served,
): Reading<T> {
  // Also of a load whose key was cleared meanwhile: those who waited for it get its value.
  const observed = snapshot.value;
  const supported = observed !== undefined || !isUnsupported(snapshot.failure?.error);
  // What is held keeps the TTL it was stored with: it is not late because the next one will count for less.
  const ttl = snapshot.ttl ?? spec.ttl;
  return {
    value: observed?.value ?? null,
    loadedAt: snapshot.loadedAt,
    observedAt: observed?.observedAt ?? null,
    age: snapshot.dataAge,
    ttl,
    interval: Math.max(pollMs, ttl),
    served,
    updatingFor: snapshot.loadingFor,
    failure: supported && snapshot.failure ? failureOf(snapshot.failure) : null,
    supported,
  };
}

/** How a value counts that is looked at without a lookup. */
export function servedByPeek(snapshot: Snapshot): Served {
  if (!snapshot.stored) return 'none';
  return snapshot.fresh ? 'hit' : 'last-good';
}

/** A failure in the operator's words. */
export function describeError(error: unknown): { code: FailureCode; message: string } {
  if (error instanceof SourceError || error instanceof CacheError) {
    return { code: error.code, message: error.message };
  }
  return { code: 'bad-reply', message: 'The reply could not be used.' };
}

/** Whether the backend could not be reached, rather than answering with an error of its own. */
export function isTransport(error: unknown): boolean {
  if (error instanceof SourceError && error.byProxy) return true;
  const { code } = describeError(error);
  return code === 'unreachable' || code === 'timeout' || code === 'tls';
}

export function isUnsupported(error: unknown): boolean {
  return error instanceof SourceError && !error.supported;
}

function failureOf(run: FailureRun): Failure {
  return { ...describeError(run.error), since: run.since, count: run.count, nextTryAt: run.nextTryAt };
}
