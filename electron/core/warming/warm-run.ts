import type { Warming } from '../../../shared/contract/tuning.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Cancel, Clock, Stamp } from '../clock.ts';
import type { WarmTask } from './warm-task.ts';

/** ms; what has not ended by then is given up. */
const timeLimit = 30_000;

interface WarmRunOptions {
  readonly clock: Clock;
  readonly why: Warming['why'];
  /** In the order in which they are wanted. */
  readonly tasks: readonly WarmTask[];
  /** Called once all that was not stopped has ended, or the time is over. */
  readonly onEnd: (run: WarmRun) => void;
}

interface Item {
  readonly task: WarmTask;
  state: Warming['items'][number]['state'];
  ms: number | null;
  message: string | null;
}

/**
 * Warms a list once. What is loading already is joined at once; of the rest at most two things load at a time, one of
 * each lane, so that a backend never sees more than one request of it.
 */
export class WarmRun {
  readonly #options: WarmRunOptions;
  readonly #items: readonly Item[];
  readonly #from: Stamp;
  readonly #over = new AbortController();
  #stopTimer: Cancel = () => {};
  #ms = 0;

  constructor(options: WarmRunOptions) {
    this.#options = options;
    this.#from = stamp(options.clock);
    this.#items = options.tasks.map((task) => ({ task, state: 'queued', ms: null, message: null }));
  }

  /** To be called once. */
  start(): void {
    this.#stopTimer = this.#options.clock.after(timeLimit, () => this.#finish());
    void this.#run();
  }

  /** Ends it without a word; loads that run go on for whoever else waits for them. */
  stop(): void {
    this.#end();
  }

  /** ms it took; 0 while it runs. */
  get ms(): number {
    return this.#ms;
  }

  get state(): Warming {
    return {
      at: this.#from.wall,
      why: this.#options.why,
      running: !this.#over.signal.aborted,
      items: this.#items.map(({ task, state, ms, message }) => ({ key: task.key, state, ms, message })),
    };
  }

  async #run(): Promise<void> {
    const running = this.#items.filter(({ task }) => task.now() === 'loading');
    const rest = this.#items.filter((item) => !running.includes(item));
    await Promise.all([
      ...running.map((item) => this.#load(item)),
      this.#inTurn(rest.filter(({ task }) => task.lane === 'orchestrator')),
      this.#inTurn(rest.filter(({ task }) => task.lane === 'further')),
    ]);
    this.#finish();
  }

  async #inTurn(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      if (this.#over.signal.aborted) return;
      if (item.task.now() === 'fresh') item.state = 'fresh';
      else await this.#load(item);
    }
  }

  async #load(item: Item): Promise<void> {
    const from = stamp(this.#options.clock);
    item.state = 'running';
    const { state, message } = await item.task.load(this.#over.signal);
    if (this.#over.signal.aborted) return;
    item.state = state;
    item.message = message;
    item.ms = spanSince(this.#options.clock, from);
  }

  #finish(): void {
    if (this.#over.signal.aborted) return;
    this.#end();
    this.#options.onEnd(this);
  }

  #end(): void {
    if (this.#over.signal.aborted) return;
    this.#stopTimer();
    this.#over.abort();
    this.#ms = spanSince(this.#options.clock, this.#from);
    for (const item of this.#items) {
      if (item.state === 'queued' || item.state === 'running') item.state = 'given-up';
    }
  }
}
