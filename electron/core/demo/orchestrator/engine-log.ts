import { engineVersion } from './cast.ts';
import { flowAt, inKibi } from './stream-flow.ts';
import { isRunning } from './bodies.ts';
import { zulu } from './wire-values.ts';
import type { World, WorldEngine } from './world-state.ts';

/** ms between two lines of an engine that has nothing to tell. */
const every = 15_000;

const idleLines = [
  'DEBUG idle, 0 sessions',
  'INFO  DHT: 118 nodes',
  'DEBUG idle, 0 sessions',
  'WARN  tracker announce timed out, next try in 60 s',
  'DEBUG idle, 0 sessions',
  'INFO  port check: open',
] as const;

/** The last lines of an engine's container, oldest first. */
export function engineLog(world: World, engine: WorldEngine, lines: number, timestamps: boolean): string {
  const now = world.now();
  const running = world.streams.filter((stream) => isRunning(stream) && stream.engineId === engine.id);
  const start = engine.firstSeen;
  const told = [
    { at: start, text: `INFO  engine ${engineVersion} started, HTTP API on port ${engine.port}` },
    { at: start, text: `INFO  network through ${engine.vpn.container}` },
  ];
  const turns = Math.min(lines, Math.floor((now - start) / every));
  const last = Math.floor(now / every) * every;
  for (let back = turns - 1; back >= 0; back -= 1) {
    const at = last - back * every;
    const stream = running.find(({ startedAt }) => startedAt <= at);
    const text = stream
      ? `INFO  ${stream.key.slice(0, 8)} down ${inKibi(flowAt(stream, at).speedDown)} KiB/s, peers ${flowAt(stream, at).peers}`
      : idleLines[(at / every) % idleLines.length];
    told.push({ at, text: text ?? '' });
  }
  return told
    .slice(-lines)
    .map(({ at, text }) => `${timestamps ? `${zulu(at)} ` : ''}${text}\n`)
    .join('');
}
