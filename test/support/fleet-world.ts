import type { MutationResult, ServerEvent, Stream, StreamSamples } from '../../shared/contract/fleet.ts';

const start = 1_000_000_000_000;

/** A stream that runs since a minute. */
export function streamOf(change: Partial<Stream> = {}): Stream {
  return {
    id: `${'c'.repeat(40)}|e0d10c40aa`,
    keyType: 'infohash',
    key: 'c'.repeat(40),
    engineId: 'a'.repeat(64),
    live: true,
    startedAt: start - 60_000,
    endedAt: null,
    peers: 17,
    speedDown: 812 * 1024,
    speedUp: 44 * 1024,
    downloaded: 48_000_000,
    uploaded: 2_600_000,
    buffer: { position: 1_000_000_000, first: 999_998_200, last: 1_000_000_010, pieces: 15 },
    ...change,
  };
}

/** Three samples, one a second. */
export function samplesOf(change: Partial<StreamSamples> = {}): StreamSamples {
  return {
    at: [start - 2000, start - 1000, start],
    peers: [15, 16, 17],
    speedDown: [800 * 1024, 806 * 1024, 812 * 1024],
    speedUp: [40 * 1024, 42 * 1024, 44 * 1024],
    downloaded: [46_300_000, 47_200_000, 48_000_000],
    uploaded: [2_500_000, 2_550_000, 2_600_000],
    ...change,
  };
}

export function serverEventOf(change: Partial<ServerEvent> = {}): ServerEvent {
  return {
    id: 4,
    at: start - 5000,
    type: 'vpn',
    category: 'disconnected',
    message: 'VPN ‘gluetun2’ became unhealthy',
    engineId: null,
    streamId: null,
    ...change,
  };
}

/** What provisioning leads to in every Python release: a 500 after it worked. */
export function mutationResultOf(change: Partial<MutationResult> = {}): MutationResult {
  return {
    outcome: 'unknown',
    said: 'The orchestrator failed (POST /provision/acestream, 500: Internal Server Error).',
    found: 'One new engine appeared: acestream-9.',
    retryInSeconds: null,
    ...change,
  };
}
