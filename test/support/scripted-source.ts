import type {
  Observed,
  OrchestratorSource,
} from '../../electron/core/sources/orchestrator/orchestrator-source.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import type { Clock } from '../../electron/core/clock.ts';

type Read = Exclude<keyof OrchestratorSource, 'clearServerCache'>;

/** An orchestrator on the test's clock: answers after `latency` ms, fails as told, counts what it is asked. */
export class ScriptedSource {
  /** ms, or what draws them. */
  latency: number | (() => number) = 100;
  failure: SourceError | null = null;
  /** The same of single reads. */
  failures: Partial<Record<Read, SourceError>> = {};
  /** Reads this backend lacks. */
  missing: readonly Read[] = [];
  /** What reads answer with, or what makes it anew each time; by default only their name. */
  values: Partial<Record<Read, unknown>> = {};
  /** What clearing the server's cache fails with. */
  clearFailure: SourceError | null = null;
  clears = 0;
  readonly asked: { readonly read: Read; readonly at: number }[] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly source: OrchestratorSource;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.source = {
      engineTotals: (signal) => this.#answer('engineTotals', signal),
      engineList: (signal) => this.#answer('engineList', signal),
      orchestratorStatus: (signal) => this.#answer('orchestratorStatus', signal),
      vpnStatus: (signal) => this.#answer('vpnStatus', signal),
      healthStatus: (signal) => this.#answer('healthStatus', signal),
      serverCache: (signal) => this.#answer('serverCache', signal),
      clearServerCache: () => {
        this.clears += 1;
        return this.clearFailure
          ? Promise.reject(this.clearFailure)
          : Promise.resolve('Cache cleared successfully');
      },
    };
  }

  count(read: Read): number {
    return this.asked.filter((one) => one.read === read).length;
  }

  #answer<T>(read: Read, signal: AbortSignal): Promise<Observed<T>> {
    this.asked.push({ read, at: this.#clock.wall() });
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', aborted);
        this.inFlight -= 1;
      };
      const aborted = (): void => {
        end();
        reject(new SourceError('timeout', 'No answer in time.'));
      };
      const cancel = this.#clock.after(
        typeof this.latency === 'number' ? this.latency : this.latency(),
        () => {
          end();
          const failure = this.failures[read] ?? this.failure;
          if (this.missing.includes(read)) {
            reject(new SourceError('not-found', 'Not there.', { supported: false }));
          } else if (failure) reject(failure);
          else {
            const given = this.values[read] ?? { read };
            const value: unknown = typeof given === 'function' ? given() : given;
            resolve({ value: value as T, observedAt: this.#clock.wall() });
          }
        },
      );
      signal.addEventListener('abort', aborted);
    });
  }
}
