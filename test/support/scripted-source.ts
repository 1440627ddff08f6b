import type {
  Observed,
  OrchestratorSource,
} from '../../electron/core/sources/orchestrator/orchestrator-source.ts';
import type { MutationAnswer } from '../../electron/core/sources/orchestrator/read-mutation.ts';
import { samplesOf } from './fleet-world.ts';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import type { Clock } from '../../electron/core/clock.ts';

type Read = Exclude<keyof OrchestratorSource, 'clearServerCache' | 'streamSamples' | 'engineLog' | 'changes'>;

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
  /** What was asked beside the polls. */
  readonly further: string[] = [];
  furtherFailure: SourceError | null = null;
  /** What a change leads to: an answer, a failure, or what the test waits for. */
  change: () => Promise<MutationAnswer> = () =>
    Promise.resolve({ outcome: 'done', said: 'Done.', retryInSeconds: null });
  /** Changes that were sent. */
  readonly changes: string[] = [];
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
      streamList: (signal) => this.#answer('streamList', signal),
      serverEvents: (signal) => this.#answer('serverEvents', signal),
      streamSamples: (id) => {
        return this.#further(`samples of ${id}`, samplesOf());
      },
      engineLog: (id, lines) => {
        return this.#further(`${lines} lines of ${id}`, 'engine started\n');
      },
      changes: {
        provision: (hostPort, signal) => this.#change(`provision ${hostPort}`, signal),
        removeEngine: (id, signal) => this.#change(`remove ${id}`, signal),
        resetBreaker: (breaker, signal) => this.#change(`reset ${breaker}`, signal),
        stopStreams: async (ids, signal) => {
          const { outcome, said } = await this.#change(`stop ${ids.join(', ')}`, signal);
          return ids.map((id) => ({ id, outcome, said }));
        },
      },
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

  #further<T>(what: string, value: T): Promise<T> {
    this.further.push(what);
    return this.furtherFailure ? Promise.reject(this.furtherFailure) : Promise.resolve(value);
  }

  /** Like `fetch`: ends when the signal fires, whatever the server still does. */
  #change(what: string, signal: AbortSignal): Promise<MutationAnswer> {
    this.changes.push(what);
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
        reject(
          new SourceError(
            timedOut ? 'timeout' : 'cancelled',
            timedOut ? 'No answer in time.' : 'It was cancelled.',
          ),
        );
      });
    });
    return Promise.race([this.change(), stopped]);
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
