import { z } from 'zod';
import { maxSavedContent } from '../model/files.ts';
import { mutationOutcomes, streamKeyTypes } from '../model/fleet.ts';
import { call } from '../rpc/define.ts';
import { nothing, poll, reported, reportedText, timestamp } from './parts.ts';

const id = z.string().min(1).max(200);
/** Begins with the stream's key, which may be a whole URL or magnet link. */
const streamId = z.string().min(1).max(4000);

const stream = z.object({
  id: z.string(),
  keyType: z.enum(streamKeyTypes),
  key: z.string(),
  engineId: reportedText,
  live: z.boolean().nullable(),
  startedAt: timestamp.nullable(),
  /** null: it runs. */
  endedAt: timestamp.nullable(),
  peers: reported,
  /** Bytes a second; the server tells KiB. */
  speedDown: reported,
  speedUp: reported,
  /** Bytes. */
  downloaded: reported,
  uploaded: reported,
  /** Seconds of the stream's own clock: where playback is within what can be played. */
  buffer: z
    .object({ position: z.number(), first: z.number(), last: z.number(), pieces: reported })
    .nullable(),
});
export type Stream = z.infer<typeof stream>;

/** GET /streams: running and ended ones, as the server keeps them. */
export const streamList = z.object({ streams: z.array(stream).max(10_000) });
export type StreamList = z.infer<typeof streamList>;

/** GET /streams/{id}/stats: about one a second, oldest first. */
const streamSamples = z.object({
  at: z.array(timestamp).max(720),
  peers: z.array(reported),
  speedDown: z.array(reported),
  speedUp: z.array(reported),
  downloaded: z.array(reported),
  uploaded: z.array(reported),
});
export type StreamSamples = z.infer<typeof streamSamples>;

/** One line of GET /events: what the orchestrator says it did. Intent, not proof. */
const serverEvent = z.object({
  id: z.number(),
  at: timestamp,
  /** engine, stream, vpn, health, system, or one we do not know yet. */
  type: z.string(),
  category: z.string(),
  message: z.string(),
  engineId: reportedText,
  streamId: reportedText,
});
export type ServerEvent = z.infer<typeof serverEvent>;
export const serverEvents = z.object({ events: z.array(serverEvent).max(1000) });
export type ServerEvents = z.infer<typeof serverEvents>;

/** What is known of a change on the backend. It was sent once and is never sent again by itself. */
const mutationResult = z.object({
  /** `unknown`: the answer does not tell what the server did. */
  outcome: z.enum(mutationOutcomes),
  /** What the server said, in words. */
  said: z.string().max(500),
  /** What reading again showed. */
  found: z.string().max(500),
  /** Seconds after which the server says it is worth another try; null: it says nothing. */
  retryInSeconds: reported,
});
export type MutationResult = z.infer<typeof mutationResult>;

export const fleetContract = {
  'streams.list': call('viewer', nothing, poll(streamList)),
  /** Past the cache: the last samples of one stream. */
  'streams.samples': call('viewer', z.strictObject({ id: streamId }), streamSamples),
  /** Stops each once; an answer for each. */
  'streams.stop': call(
    'admin',
    z.strictObject({ ids: z.array(streamId).min(1).max(200) }),
    z.object({
      results: z.array(z.object({ id: z.string(), stopped: z.boolean(), said: z.string() })).max(200),
      found: z.string(),
    }),
  ),
  'server.events': call('viewer', nothing, poll(serverEvents)),

  /** Starts an engine. `hostPort` null: the server chooses. */
  'engines.provision': call(
    'admin',
    z.strictObject({ hostPort: z.int().min(1).max(65_535).nullable() }),
    mutationResult,
  ),
  /** Stops and removes an engine's container. The server goes on listing it for some seconds. */
  'engines.remove': call('admin', z.strictObject({ id }), mutationResult),
  /** The last lines of a container's log; `not-found` where the server has none. */
  'engines.logs': call(
    'operator',
    z.strictObject({ id, lines: z.int().min(10).max(1000) }),
    z.object({ at: timestamp, text: z.string().max(200_000) }),
  ),
  'orchestrator.resetBreaker': call(
    'admin',
    z.strictObject({ breaker: z.enum(['general', 'replacement']) }),
    mutationResult,
  ),

  /** Desktop only: asks where to put a file and writes it. null: the operator chose none. */
  'files.save': call(
    'viewer',
    z.strictObject({
      name: z.string().min(1).max(120),
      /** Of a picture, as base64; of anything else, as it is. */
      content: z.string().max(maxSavedContent),
      encoding: z.enum(['utf8', 'base64']),
    }),
    z.object({ savedTo: z.string().nullable() }),
  ),
} as const;
