import { z } from 'zod';
import type { Stream, StreamList, StreamSamples } from '../../../../shared/contract/fleet.ts';
import { streamKeyTypes } from '../../../../shared/model/fleet.ts';
import { flag, number, readReply, text, time, word } from './fields.ts';

/** Speeds come in KiB a second. */
const kibi = 1024;
/** Samples the server keeps of a stream, one a second. */
const mostSamples = 720;
const mostStreams = 10_000;

/** Python releases send digits as text, version 2 either; what is no number is not reported. */
const digits = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null;
    const parsed = Number(value);
    return Number.isFinite(parsed) ? parsed : null;
  });

const livepos = z
  .object({ pos: digits, live_first: digits, live_last: digits, buffer_pieces: digits })
  .nullish();

const stream = z.object({
  id: z.string().min(1),
  // Later releases tell two kinds of URL apart.
  key_type: word([...streamKeyTypes, 'torrent_url', 'direct_url']),
  key: z.string(),
  container_id: text,
  command_url: text,
  is_live: flag,
  started_at: time,
  ended_at: time,
  status: text,
  peers: number,
  speed_down: number,
  speed_up: number,
  downloaded: number,
  uploaded: number,
  livepos,
});
type WireStream = z.output<typeof stream>;
/** Version 2 writes an empty list as null. */
const streams = z
  .array(stream)
  .max(mostStreams)
  .nullable()
  .transform((list) => list ?? []);

/** GET /streams. */
export function readStreams(reply: unknown, endpoint: string): StreamList {
  return { streams: readReply(streams, reply, endpoint).map(toStream) };
}

/** GET /streams once more, for what batch-stop names streams by: command URL by stream id. */
export function readCommandUrls(reply: unknown, endpoint: string): ReadonlyMap<string, string> {
  const wire = readReply(streams, reply, endpoint);
  return new Map(wire.flatMap(({ id, command_url }) => (command_url === null ? [] : [[id, command_url]])));
}

function toStream(wire: WireStream): Stream {
  const startedAt = wire.started_at;
  return {
    id: wire.id,
    keyType: wire.key_type === 'torrent_url' || wire.key_type === 'direct_url' ? 'url' : wire.key_type,
    key: wire.key,
    engineId: wire.container_id,
    live: wire.is_live,
    startedAt,
    // One that ended without a time must not pass for a running one.
    endedAt: wire.ended_at ?? (wire.status === 'ended' ? startedAt : null),
    peers: wire.peers,
    speedDown: bytes(wire.speed_down),
    speedUp: bytes(wire.speed_up),
    downloaded: wire.downloaded,
    uploaded: wire.uploaded,
    buffer: bufferOf(wire.livepos),
  };
}

function bytes(kibiBytes: number | null): number | null {
  return kibiBytes === null ? null : kibiBytes * kibi;
}

function bufferOf(wire: z.output<typeof livepos>): Stream['buffer'] {
  if (!wire || wire.pos === null || wire.live_first === null || wire.live_last === null) return null;
  return { position: wire.pos, first: wire.live_first, last: wire.live_last, pieces: wire.buffer_pieces };
}

const sample = z.object({
  ts: time,
  peers: number,
  speed_down: number,
  speed_up: number,
  downloaded: number,
  uploaded: number,
});
const samples = z
  .array(sample)
  .nullable()
  .transform((list) => list ?? []);

/** GET /streams/{id}/stats: oldest first, the last 720; a sample without a time tells nothing. */
export function readSamples(reply: unknown, endpoint: string): StreamSamples {
  const wire = readReply(samples, reply, endpoint)
    .flatMap((one) => (one.ts === null ? [] : [{ ...one, ts: one.ts }]))
    .toSorted((a, b) => a.ts - b.ts)
    .slice(-mostSamples);
  return {
    at: wire.map(({ ts }) => ts),
    peers: wire.map(({ peers }) => peers),
    speedDown: wire.map(({ speed_down }) => bytes(speed_down)),
    speedUp: wire.map(({ speed_up }) => bytes(speed_up)),
    downloaded: wire.map(({ downloaded }) => downloaded),
    uploaded: wire.map(({ uploaded }) => uploaded),
  };
}
