import type { Settings } from '../../../shared/contract/settings.ts';
import type { Warming } from '../../../shared/contract/tuning.ts';
import type { Warmable } from '../../../shared/model/tuning.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Clock } from '../clock.ts';
import type { EventDraft } from '../events/event-log.ts';
import { resourceTasks } from './resource-tasks.ts';
import { WarmRun } from './warm-run.ts';
import type { WarmTask } from './warm-task.ts';
import { warmedEvent } from './words.ts';

export interface WarmerOptions {
  readonly clock: Clock;
  readonly cache: TtlCache;
  readonly settings: () => Settings['warming'];
  /** Whether anything may be loaded unasked now: not while paused or asleep, nor where nothing would be kept. */
  readonly allowed: () => boolean;
  /** Whether the profile has a backend for it. */
  readonly isThere: (key: Warmable) => boolean;
  /** Loads it through the cache as a prefetch, or joins its load. Never rejects. */
  readonly warm: (key: Warmable) => Promise<void>;
  /** Requests one load of it sends. */
  readonly callsOf: (key: Warmable) => number;
  /** What is loaded after a clear in any case, because someone looks at it. */
  readonly reloaded: () => readonly string[];
  /** What loads the sessions of recent users. */
  readonly sessions: () => WarmTask[];
  readonly record: (event: EventDraft) => void;
}

/**
 * Loads what the settings name before anybody asks: when a profile starts and after its cache was cleared. Never in the
 * way of a poll, never twice for what is fresh or loading, and what fails is left to whoever asks next.
 */
export class Warmer {
  readonly #options: WarmerOptions;
  #run: WarmRun | null = null;

  constructor(options: WarmerOptions) {
    this.#options = options;
  }

  /** The latest run; null: none yet. */
  get latest(): Warming | null {
    return this.#run?.state ?? null;
  }

  /**
   * Begins and returns at once. A run under way ends: what it loaded was cleared. Sessions outlive a clear: those it was
   * at are gone on with.
   */
  begin(why: Warming['why']): void {
    const { clock, cache, settings, allowed, isThere, warm, sessions, record } = this.#options;
    const wanted = settings();
    const { running = false, items = [] } = this.latest ?? {};
    const ofSessions = why === 'start' || (running && items.some(({ key }) => key.startsWith('session:')));
    this.stop();
    if (!wanted.on || !allowed()) return;
    const tasks = resourceTasks(wanted.resources, { cache, isThere, warm });
    if (ofSessions && wanted.sessions) tasks.push(...sessions());
    if (tasks.length === 0) return;
    const onEnd = (run: WarmRun): void => {
      const event = warmedEvent(run.state, run.ms);
      if (event) record(event);
    };
    this.#run = new WarmRun({ clock, why, tasks, onEnd });
    this.#run.start();
  }

  /** Gives up what has not ended. */
  stop(): void {
    this.#run?.stop();
  }

  /** Requests that warming would add if the cache were cleared now. */
  callsAfterClear(): number {
    const { settings, allowed, isThere, callsOf, reloaded } = this.#options;
    const { on, resources } = settings();
    if (!on || !allowed()) return 0;
    const other = reloaded();
    return [...new Set(resources)]
      .filter((key) => isThere(key) && !other.includes(key))
      .reduce((sum, key) => sum + callsOf(key), 0);
  }
}
