import { isFresh } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { resourceTitles, watchedResources } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { ResourceValues } from '../status/resources.ts';
import type { EventDraft } from './event-log.ts';
import { ServerWatch } from './server-watch.ts';
import { SourceWatch } from './source-watch.ts';
import { VpnWatch } from './vpn-watch.ts';

/** ms between two ticks from which the computer was asleep. */
const sleepGap = 10_000;

interface StateWatchOptions {
  readonly clock: Clock;
  /** What is known now, without loading. */
  readonly read: <K extends WatchedResource>(key: K) => Reading<ResourceValues[K]>;
  readonly record: (event: EventDraft) => void;
}

/** Turns what is read from one backend into events. Another profile needs another one. */
export class StateWatch {
  readonly #options: StateWatchOptions;
  readonly #sources: ReadonlyMap<WatchedResource, SourceWatch>;
  readonly #vpn: VpnWatch;
  readonly #server: ServerWatch;
  /** Since when it has been watched without a pause or sleep. */
  #watchingSince: Stamp;
  #lastTick: Stamp;
  #greeted = false;

  constructor(options: StateWatchOptions) {
    const { clock, record } = options;
    this.#options = options;
    this.#sources = new Map(watchedResources.map((key) => [key, new SourceWatch(key, clock, record)]));
    this.#vpn = new VpnWatch(clock, record);
    this.#server = new ServerWatch(clock, record);
    this.#watchingSince = stamp(clock);
    this.#lastTick = this.#watchingSince;
  }

  /** To be called once a second. */
  tick(paused: boolean): void {
    const { clock, read } = this.#options;
    if (paused || spanSince(clock, this.#lastTick) > sleepGap) this.#watchingSince = stamp(clock);
    this.#lastTick = stamp(clock);
    if (paused) return;
    const watchedFor = spanSince(clock, this.#watchingSince);
    for (const [key, source] of this.#sources) source.tick(read(key), watchedFor);
    this.#greet();
    const vpn = read('vpn:status');
    this.#vpn.tick(isFresh(vpn) ? vpn : null, watchedFor);
    const status = read('orchestrator:status');
    this.#server.tick(isFresh(status) ? status.value : null, watchedFor);
  }

  /** One quiet line, once something has been heard of each source. */
  #greet(): void {
    if (this.#greeted) return;
    const states = [...this.#sources].map(([key, source]) => ({
      title: resourceTitles[key],
      told: source.told,
    }));
    if (states.some(({ told }) => told === null)) return;
    this.#greeted = true;
    const titled = (state: 'live' | 'not-reported'): string =>
      states
        .filter(({ told }) => told === state)
        .map(({ title }) => title)
        .join(', ');
    const live = titled('live');
    const absent = titled('not-reported');
    if (live === '') return;
    this.#options.record({
      kind: 'state',
      severity: 'info',
      title: 'First values received',
      detail: `${live}.${absent === '' ? '' : ` Not reported by this backend: ${absent}.`}`,
    });
  }
}
