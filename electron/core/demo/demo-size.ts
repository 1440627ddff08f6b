import type { Log } from '../log.ts';
import type { WorldSize } from './orchestrator/world-state.ts';

/** More would not fit in one reply of 8 MiB. */
const most = { engines: 2000, streams: 6000 } as const;

/** `CACHEDECK_DEMO_ENGINES` and `CACHEDECK_DEMO_STREAMS`; a bad number is told and ignored. */
export function demoSize(environment: Readonly<Record<string, string | undefined>>, log: Log): WorldSize {
  function number(name: string, from: number, to: number): number | null {
    const text = environment[name]?.trim();
    if (!text) return null;
    const value = Number(text);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    log.warn(`${name} is not a whole number from ${from} to ${to}; the demo keeps its usual size.`);
    return null;
  }
  return {
    engines: number('CACHEDECK_DEMO_ENGINES', 1, most.engines),
    streams: number('CACHEDECK_DEMO_STREAMS', 0, most.streams),
  };
}
