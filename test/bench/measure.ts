/** Middle of the values; their order does not matter. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * ns one call takes: the median of `rounds` rounds of `calls` calls each, after one round to warm up. The
 * rounds of all subjects are interleaved, so that a busy moment of the machine hits them alike.
 */
export async function nsPerCall(
  subjects: readonly ((calls: number) => void | Promise<void>)[],
  calls: number,
  rounds: number,
): Promise<number[]> {
  const times = subjects.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [nth, subject] of subjects.entries()) {
      const started = performance.now();
      await subject(calls);
      const ns = ((performance.now() - started) * 1e6) / calls;
      if (round >= 0) times[nth]?.push(ns);
    }
  }
  return times.map(median);
}
