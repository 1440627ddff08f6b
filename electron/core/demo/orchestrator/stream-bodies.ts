import { flowAt, inKibi, liveposAt, sampleTimes } from './stream-flow.ts';
import { zulu } from './wire-values.ts';
import type { World, WorldStream } from './world-state.ts';

/** GET /streams, of one state and engine or of all. */
export function streams(world: World, status: string | null, engineId: string | null): unknown[] {
  return world.streams
    .filter(({ endedAt }) => status === null || (status === 'ended') === (endedAt !== null))
    .filter((stream) => engineId === null || stream.engineId === engineId)
    .map((stream) => streamBody(world, stream));
}

/** Where batch-stop finds a stream. */
export function commandUrl(world: World, { engineId, key, session }: WorldStream): string {
  return `${engineUrl(world, engineId)}/cmd/${key}/${session}`;
}

function engineUrl(world: World, engineId: string): string {
  const engine = world.engine(engineId);
  return `http://${engine?.vpn.container ?? 'gluetun1'}:${engine?.port ?? 0}/ace`;
}

export function streamBody(world: World, stream: WorldStream): unknown {
  const { peers, speedDown, speedUp, downloaded, uploaded } = flowAt(stream, world.now());
  const ended = stream.endedAt !== null;
  return {
    id: stream.id,
    key_type: 'infohash',
    key: stream.key,
    file_indexes: '0',
    seekback: 0,
    live_delay: 0,
    control_mode: null,
    container_id: stream.engineId,
    container_name: world.engine(stream.engineId)?.name ?? null,
    playback_session_id: stream.session,
    stat_url: `${engineUrl(world, stream.engineId)}/stat/${stream.key}/${stream.session}`,
    command_url: commandUrl(world, stream),
    is_live: true,
    started_at: zulu(stream.startedAt),
    ended_at: zulu(stream.endedAt),
    status: ended ? 'ended' : 'started',
    paused: false,
    peers: ended ? null : peers,
    speed_down: ended ? null : inKibi(speedDown),
    speed_up: ended ? null : inKibi(speedUp),
    downloaded: Math.round(downloaded),
    uploaded: Math.round(uploaded),
    livepos: liveposAt(stream, world.now()),
    proxy_buffer_pieces: null,
  };
}

/** GET /streams/{id}/stats: one sample a second, oldest first. */
export function streamSamples(world: World, stream: WorldStream): unknown[] {
  return sampleTimes(stream, world.now()).map((at) => {
    const { peers, speedDown, speedUp, downloaded, uploaded } = flowAt(stream, at);
    return {
      ts: zulu(at),
      peers,
      speed_down: inKibi(speedDown),
      speed_up: inKibi(speedUp),
      downloaded: Math.round(downloaded),
      uploaded: Math.round(uploaded),
      status: 'dl',
      livepos: liveposAt(stream, at),
      proxy_buffer_pieces: null,
    };
  });
}
