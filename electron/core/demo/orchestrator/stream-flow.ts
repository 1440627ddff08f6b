import type { WorldStream } from './world-state.ts';

const second = 1000;
const kibi = 1024;
/** Waves of a stream's speed around its mean: share of the mean, period in s. */
const waves = [
  { share: 0.18, period: 47 },
  { share: 0.1, period: 11 },
] as const;
/** Seconds that a live stream can be rewound. */
const window = 1800;
/** Samples the server keeps of a stream, one a second. */
const keptSamples = 720;

/** What a stream does at one moment. */
export interface Flow {
  readonly peers: number;
  /** Bytes a second. */
  readonly speedDown: number;
  readonly speedUp: number;
  /** Bytes since it began. */
  readonly downloaded: number;
  readonly uploaded: number;
}

/**
 * Follows from the time alone, so that five thousand streams cost nothing until somebody asks, and the samples of the
 * last minutes need not be kept.
 * @param at UTC ms; after its end a stream stays as it ended
 */
export function flowAt({ nature, startedAt, endedAt }: WorldStream, at: number): Flow {
  const t = Math.max(0, (Math.min(at, endedAt ?? at) - startedAt) / second);
  let share = 1;
  let passed = t;
  for (const { share: height, period } of waves) {
    const turn = (2 * Math.PI) / period;
    share += height * Math.sin(turn * t + nature.phase);
    passed += (height / turn) * (Math.cos(nature.phase) - Math.cos(turn * t + nature.phase));
  }
  const crowd = 1 + 0.3 * Math.sin(t / 19 + nature.phase);
  return {
    peers: Math.max(2, Math.round(nature.peers * crowd)),
    speedDown: nature.down * share,
    speedUp: nature.up * share,
    downloaded: nature.down * passed,
    uploaded: nature.up * passed,
  };
}

/** Where playback is, in seconds of the stream's clock and as text, as the server tells it; null once it ended. */
export function liveposAt(stream: WorldStream, at: number): Readonly<Record<string, string>> | null {
  if (stream.endedAt !== null) return null;
  const last = Math.floor(at / second);
  const lag = 9 + Math.round(4 * Math.sin(at / 31_000 + stream.nature.phase));
  return {
    pos: String(last - lag),
    live_first: String(last - window),
    live_last: String(last),
    first_ts: String(last - window),
    last_ts: String(last),
    buffer_pieces: String(lag + 5),
  };
}

/** Moments of the samples that are kept, oldest first. */
export function sampleTimes({ startedAt, endedAt }: WorldStream, now: number): number[] {
  const last = endedAt ?? now;
  const count = Math.min(keptSamples, Math.floor((last - startedAt) / second));
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * second);
}

/** The server counts speeds in KiB. */
export function inKibi(bytes: number): number {
  return Math.round(bytes / kibi);
}
