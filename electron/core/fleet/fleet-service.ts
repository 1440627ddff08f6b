import type { MutationResult, StreamSamples } from '../../../shared/contract/fleet.ts';
import type { EngineList } from '../../../shared/contract/orchestrator.ts';
import type { Poll } from '../../../shared/model/reading.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { EventDraft } from '../events/event-log.ts';
import type { OrchestratorSource, StopAnswer } from '../sources/orchestrator/orchestrator-source.ts';
import type { MutationAnswer } from '../sources/orchestrator/read-mutation.ts';
import { describeError } from '../status/readings.ts';
import type { ResourceValues } from '../status/resources.ts';
import { rpcCodes } from '../status/rpc-codes.ts';
import type { StatusService } from '../status/status-service.ts';
import {
  breakerFound,
  engineName,
  newEngines,
  provisionFound,
  removalFound,
  runningOf,
  streamsFound,
} from './found-words.ts';
import { Leaving } from './leaving.ts';
import { LookAgain } from './look-again.ts';
import { SendOnce } from './send-once.ts';

/** ms a read of a log or of a stream's samples may take. */
const readLimit = 10_000;
/** ms; an older list is read anew before engines are compared with it. */
const freshEnough = 10_000;
/** ms that reading beforehand may take: a slow list must not hold up the change. */
const beforeLimit = 1500;
/** What starting or removing an engine makes wrong in the cache: as the server's own cache does it, and no more. */
const invalidated = ['orchestrator:status', 'stats:total'] as const satisfies readonly ResourceKey[];

export interface FleetOptions {
  readonly source: OrchestratorSource;
  readonly status: StatusService;
  readonly cache: TtlCache;
  readonly clock: Clock;
  /** Fires when the profile is disconnected. */
  readonly ending: AbortSignal;
  readonly record: (event: EventDraft) => void;
}

/**
 * Changes an orchestrator's engines and streams: each change is sent once and never again, and afterwards is said what
 * the server answered and what reading again showed. Every method throws `RpcError`.
 */
export class FleetService {
  readonly #options: FleetOptions;
  readonly #once: SendOnce;
  readonly #leaving: Leaving;
  readonly #look: LookAgain;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#once = new SendOnce(options.clock, options.ending);
    this.#leaving = new Leaving(options.clock);
    this.#look = new LookAgain(options);
  }

  /** The engine list as pages see it: those that were deleted a moment ago marked. */
  async engines(): Promise<Poll<EngineList>> {
    const poll = await this.#options.status.poll('engines:list');
    const { value } = poll.reading;
    if (value === null) return poll;
    return { ...poll, reading: { ...poll.reading, value: this.#leaving.mark(value) } };
  }

  /** Whether an engine was deleted here a moment ago: that it goes is no news. */
  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /** The last samples of one stream, past the cache. */
  samples(id: string, signal: AbortSignal | undefined): Promise<StreamSamples> {
    return this.#read((limited) => this.#options.source.streamSamples(id, limited), signal);
  }

  /** The last lines of an engine's log, past the cache. */
  async log(id: string, lines: number, signal?: AbortSignal): Promise<{ at: number; text: string }> {
    const at = this.#options.clock.wall();
    return {
      at,
      text: await this.#read((limited) => this.#options.source.engineLog(id, lines, limited), signal),
    };
  }

  /** Starts an engine. @param hostPort null: the server chooses */
  provision(hostPort: number | null): Promise<MutationResult> {
    const { source } = this.#options;
    return this.#change('provision', 'Starting an engine', null, async (from) => {
      const before = await this.#listBefore();
      const answer = await this.#once.send((signal) => source.changes.provision(hostPort, signal));
      this.#invalidate(answer);
      const after = await this.#look.again(
        'engines:list',
        from,
        (list) => answer.outcome === 'refused' || (newEngines(before, list)?.length ?? 1) > 0,
      );
      this.#readHealth();
      return { ...answer, found: provisionFound(before, after, this.#peek('vpn:status')) };
    });
  }

  /** Stops and removes an engine's container. */
  remove(id: string): Promise<MutationResult> {
    const { source } = this.#options;
    const before = this.#peek('engines:list');
    const name = engineName(id, before);
    return this.#change(`engine ${id}`, `Removing the engine ${name}`, name, async (from) => {
      const answer = await this.#once.send((signal) => source.changes.removeEngine(id, signal));
      this.#invalidate(answer);
      const leaving = answer.outcome === 'done';
      if (leaving) this.#leaving.add(id);
      const after = await this.#look.again('engines:list', from);
      this.#readHealth();
      const vpn = this.#peek('vpn:status');
      return { ...answer, found: removalFound(id, { before, after, vpn, leaving }) };
    });
  }

  resetBreaker(breaker: 'general' | 'replacement'): Promise<MutationResult> {
    const { source, status } = this.#options;
    return this.#change(`breaker ${breaker}`, `Resetting the ${breaker} breaker`, null, async (from) => {
      const answer = await this.#once.send((signal) => source.changes.resetBreaker(breaker, signal));
      if (!this.#ended) void status.reread('orchestrator:status');
      const after = await this.#look.again('health:status', from);
      return { ...answer, found: breakerFound(breaker, after) };
    });
  }

  /** Stops streams: one alone, several with one request. */
  async stopStreams(
    ids: readonly string[],
  ): Promise<{ results: { id: string; stopped: boolean; said: string }[]; found: string }> {
    const { source, status } = this.#options;
    const wanted = [...new Set(ids)];
    const title = wanted.length === 1 ? 'Stopping a stream' : `Stopping ${wanted.length} streams`;
    const targets = wanted.map((id) => `stream ${id}`);
    return this.#once.alone(targets, async () => {
      const from = stamp(this.#options.clock);
      const answers = await this.#told(title, null, () =>
        this.#once.send((signal) => source.changes.stopStreams(wanted, signal)),
      );
      if (!this.#ended) void status.reread('orchestrator:status');
      const after = await this.#look.again('streams:list', from);
      const running = runningOf(wanted, after);
      const results = wanted.map((id) => {
        const answer = answerFor(id, answers);
        const seenToEnd = answer.outcome === 'unknown' && running !== null && !running.has(id);
        return { id, stopped: answer.outcome === 'done' || seenToEnd, said: answer.said };
      });
      const found = streamsFound(wanted, after);
      const stopped = results.filter((one) => one.stopped).length;
      this.#record(
        `${title}: ${wanted.length === 1 ? (stopped === 1 ? 'done' : 'not done') : `${stopped} stopped`}`,
        stopped === wanted.length,
        `${[...new Set(results.map(({ said }) => said))].slice(0, 3).join(' ')} ${found}`,
      );
      return { results, found };
    });
  }

  get #ended(): boolean {
    return this.#options.ending.aborted;
  }

  /** Runs one change alone on its target and writes down what came of it. */
  #change(
    target: string,
    title: string,
    subject: string | null,
    run: (from: Stamp) => Promise<MutationResult>,
  ): Promise<MutationResult> {
    return this.#once.alone([target], async () => {
      const result = await this.#told(title, subject, () => run(stamp(this.#options.clock)));
      const words = { done: 'done', refused: 'refused', unknown: 'outcome not known' }[result.outcome];
      const detail = `${result.said} ${result.found}`;
      this.#record(`${title}: ${words}`, result.outcome === 'done', detail, subject);
      return result;
    });
  }

  /** Writes down what was not answered at all. */
  async #told<T>(title: string, subject: string | null, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof RpcError) this.#record(`${title} failed`, false, error.message, subject);
      throw error;
    }
  }

  #record(title: string, fine: boolean, detail: string, subject: string | null = null): void {
    const severity = fine ? 'info' : 'attention';
    this.#options.record({ kind: 'action', severity, title, subject, detail });
  }

  /** Drops what the change made wrong, unless the server says that it did nothing, and reads it anew. */
  #invalidate({ outcome }: Pick<MutationAnswer, 'outcome'>): void {
    const { cache, status, record } = this.#options;
    if (this.#ended) return;
    if (outcome !== 'refused') {
      for (const key of invalidated) cache.delete(key);
      record({ kind: 'invalidate', severity: 'info', title: `Invalidated ${invalidated.join(' and ')}` });
      void status.reread('stats:total');
    }
    void status.reread('orchestrator:status');
  }

  /** After the list, which waits for the same place among the backend's requests. */
  #readHealth(): void {
    if (!this.#ended) void this.#options.status.reread('health:status');
  }

  #peek<K extends ResourceKey>(key: K): ResourceValues[K] | null {
    return this.#options.status.peek(key).value;
  }

  /** The engine list as it was just before; null when it cannot be had quickly. */
  async #listBefore(): Promise<EngineList | null> {
    const { value, age } = this.#options.status.peek('engines:list');
    if (value !== null && age !== null && age <= freshEnough) return value;
    return this.#look.once('engines:list', beforeLimit);
  }

  async #read<T>(run: (signal: AbortSignal) => Promise<T>, asker: AbortSignal | undefined): Promise<T> {
    const { clock, ending } = this.#options;
    const control = new AbortController();
    const timedOut = new DOMException('The time limit has passed.', 'TimeoutError');
    const cancel = clock.after(readLimit, () => control.abort(timedOut));
    try {
      return await run(AbortSignal.any([control.signal, ending, ...(asker ? [asker] : [])]));
    } catch (error) {
      const { code, message } = describeError(error);
      throw new RpcError(rpcCodes[code], message);
    } finally {
      cancel();
    }
  }
}

/** One answer for all stands for each. */
function answerFor(
  id: string,
  answers: readonly StopAnswer[] | Pick<MutationAnswer, 'outcome' | 'said'>,
): Pick<MutationAnswer, 'outcome' | 'said'> {
  if ('outcome' in answers) return answers;
  const own = answers.find((one) => one.id === id);
  return own ?? { outcome: 'unknown', said: 'The orchestrator says nothing of this stream.' };
}
