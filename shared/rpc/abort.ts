/** `work`, or `instead` as soon as `signal` aborts: for work that nobody can or need stop. */
export async function orWhenAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  instead: T,
): Promise<T> {
  if (!signal) return work;
  if (signal.aborted) return instead;
  const aborted = Promise.withResolvers<T>();
  const onAbort = (): void => aborted.resolve(instead);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
