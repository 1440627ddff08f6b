import type {
  ManagerCache,
  ManagerMetrics,
  ManagerSessionState,
  WorkstationAction,
  WorkstationList,
} from '../../../shared/contract/workstations.ts';
import type { Poll, Reading } from '../../../shared/model/reading.ts';
import { orWhenAborted } from '../../../shared/rpc/abort.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { EventDraft } from '../events/event-log.ts';
import type { Feed } from '../feed.ts';
import { ManagerRefusal } from '../sources/workstations/manager-client.ts';
import { createWorkstationsSource } from '../sources/workstations/workstations-source.ts';
import type {
  Cleared,
  NewWorkstation,
  WorkstationsSource,
} from '../sources/workstations/workstations-source.ts';
import type { LoggedRequest } from '../history/store/request-log.ts';
import type { Asked } from '../status/asked.ts';
import { describeError } from '../status/readings.ts';
import { rpcCodes } from '../status/rpc-codes.ts';
import { cacheAfter, didNotAct, listAfter, notKnown } from './after-failure.ts';
import { ManagerReads } from './manager-reads.ts';
import { ManagerSession } from './manager-session.ts';
import type { ManagerTarget } from './manager-session.ts';
import { listPattern, managerSpecs } from './resources.ts';
import type { ManagerKey, ManagerValues } from './resources.ts';

/** ms an action may take. */
const timeLimit = 30_000;
/** ms a failed action waits for what is read again: with its own limit less than a page waits for an answer. */
const rereadLimit = 4000;

export interface WorkstationsOptions {
  /** null: the profile has no workstation manager. */
  readonly target: ManagerTarget | null;
  readonly clock: Clock;
  readonly cache: TtlCache;
  /** ms between two polls of a page now. */
  readonly pollMs: () => number;
  readonly paused: () => boolean;
  readonly record: (event: EventDraft) => void;
  /** Called once each load ended. */
  readonly onRequest: (request: LoggedRequest) => void;
  /** Called with each password and token before it is used. */
  readonly onSecret: (secret: string) => void;
}

/**
 * One profile's workstation manager: reads through the cache, actions once and never again. Every action throws
 * `RpcError` with the server's reason and with what is known afterwards.
 */
export class WorkstationsService {
  readonly #options: WorkstationsOptions;
  readonly #session: ManagerSession;
  readonly #source: WorkstationsSource;
  readonly #reads: ManagerReads;
  readonly #stopping = new AbortController();

  constructor(options: WorkstationsOptions) {
    const { target, clock, cache, pollMs, paused, onSecret } = options;
    this.#options = options;
    this.#session = new ManagerSession({ target, clock, onSecret });
    this.#source = createWorkstationsSource(this.#session.send);
    this.#reads = new ManagerReads({
      clock,
      cache,
      pollMs,
      paused,
      load: (key, signal) =>
        this.#logged(key, () =>
          this.#learning(managerSpecs[key].guard, managerSpecs[key].load(this.#source, signal)),
        ),
    });
  }

  get session(): Feed<ManagerSessionState> {
    return this.#session.state;
  }

  /** Aborts what is in flight and forgets every token. */
  stop(): void {
    this.#stopping.abort();
    this.#session.stop();
    this.#reads.stop();
  }

  /** Signs in as another account until the app ends. What was read as the one before is forgotten. */
  async signIn(account: { readonly user: string; readonly password: string }): Promise<void> {
    this.#require();
    await this.#limited((signal) => this.#session.signIn(account, signal)).catch(refuse);
    this.#reads.forget();
    this.#record(`Signed in to the workstation manager as ${account.user}`);
  }

  signOut(): void {
    if (!this.session.value.connected) return;
    this.#session.signOut();
    this.#reads.forget();
    this.#record('Signed out of the workstation manager');
  }

  /** What is known of the list, without asking for it. */
  lastList(): Reading<WorkstationList> {
    return this.#reads.peek('workstations_list');
  }

  /** What is known of a resource, without asking for it. */
  peek<K extends ManagerKey>(key: K): Reading<ManagerValues[K]> {
    return this.#reads.peek(key);
  }

  /** Loads the list ahead of anybody asking. Never rejects. */
  warmList(): Promise<void> {
    return this.#reads.warm('workstations_list');
  }

  list(): Promise<Poll<WorkstationList>> {
    return this.#reads.poll('workstations_list');
  }

  /** The list for an API client. */
  ask(): Promise<Asked<WorkstationList>> {
    return this.#reads.ask('workstations_list');
  }

  cacheStats(): Promise<Poll<ManagerCache>> {
    return this.#reads.poll('workstations:cache');
  }

  metrics(): Promise<Poll<ManagerMetrics>> {
    return this.#reads.poll('workstations:metrics');
  }

  /** Reads again past the cache what a page shows. Failures stand in the readings. */
  async refresh(keys: readonly ManagerKey[]): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await Promise.all(keys.map((key) => this.#reads.refresh(key)));
  }

  /** Adds a workstation. Our cached list counts no longer then, unless the manager certainly did nothing. */
  async create(workstation: NewWorkstation): Promise<{ id: string | null; message: string }> {
    const { onSecret } = this.#options;
    this.#require();
    onSecret(workstation.password);
    const before = this.#reads.peek('workstations_list').value;
    try {
      const made = await this.#act('create', (signal) => this.#source.create(workstation, signal));
      this.#record(`Workstation ${workstation.name} was added`, made.message);
      this.#dropList();
      void this.refresh(['workstations_list']);
      return made;
    } catch (error) {
      if (didNotAct(error)) return refuse(error);
      this.#dropList();
      const after = (await this.#reread('workstations_list'))
        ? this.#reads.peek('workstations_list').value
        : null;
      return this.#unknown(
        error,
        `Adding the workstation ${workstation.name} failed`,
        listAfter(before, after),
      );
    }
  }

  /** Lets the manager try to reach a workstation: `ok` false is an answer, not a failure. */
  async testConnection(id: string): Promise<{ ok: boolean; message: string }> {
    this.#require();
    return this.#act('testConnection', (signal) => this.#source.testConnection(id, signal)).catch(refuse);
  }

  /** Clears the manager's own cache, not ours. */
  clearCache(): Promise<Cleared> {
    return this.#clearing(
      'clearCache',
      'The workstation manager’s own cache was cleared',
      'Clearing the workstation manager’s own cache failed',
      (signal) => this.#source.clearCache(signal),
    );
  }

  /** Lets the manager remove from its own cache what begins with `pattern`. */
  invalidate(pattern: string): Promise<Cleared> {
    return this.#clearing(
      'invalidate',
      `The workstation manager’s own cache was told to drop “${pattern}”`,
      `Dropping “${pattern}” from the workstation manager’s own cache failed`,
      (signal) => this.#source.invalidate(pattern, signal),
    );
  }

  async #clearing(
    action: WorkstationAction,
    done: string,
    failed: string,
    run: (signal: AbortSignal) => Promise<Cleared>,
  ): Promise<Cleared> {
    this.#require();
    const before = this.#reads.peek('workstations:cache').value;
    try {
      const cleared = await this.#act(action, run);
      this.#record(done, cleared.message);
      void this.refresh(['workstations:cache', 'workstations:metrics']);
      return cleared;
    } catch (error) {
      if (didNotAct(error)) return refuse(error);
      void this.refresh(['workstations:metrics']);
      const after = (await this.#reread('workstations:cache'))
        ? this.#reads.peek('workstations:cache').value
        : null;
      return this.#unknown(error, failed, cacheAfter(before, after));
    }
  }

  /** What is worth saying after an action of which nobody knows whether it took place. */
  #unknown(error: unknown, title: string, known: string): never {
    const { code, message } = describeError(error);
    const sentence = `${message} ${notKnown(error)}${known}`;
    this.#options.record({ kind: 'action', severity: 'attention', title, detail: sentence });
    throw new RpcError(rpcCodes[code], sentence);
  }

  /** Whether what is read again came in time. */
  async #reread(key: ManagerKey): Promise<boolean> {
    if (this.#stopping.signal.aborted) return false;
    const control = new AbortController();
    const cancel = this.#options.clock.after(rereadLimit, () => control.abort());
    try {
      const read = this.#reads.refresh(key).then((error) => error === undefined);
      return await orWhenAborted(read, AbortSignal.any([control.signal, this.#stopping.signal]), false);
    } finally {
      cancel();
    }
  }

  async #logged<T>(resource: ManagerKey, load: () => Promise<T>): Promise<T> {
    const { clock, onRequest } = this.#options;
    const from = stamp(clock);
    const ended = (outcome: LoggedRequest['outcome']): void =>
      onRequest({ at: from.wall, resource, ms: spanSince(clock, from), outcome, calls: 1 });
    try {
      const loaded = await load();
      ended('ok');
      return loaded;
    } catch (error) {
      ended(describeError(error).code);
      throw error;
    }
  }

  #dropList(): void {
    const removed = this.#reads.dropList();
    const title = `Invalidated ${listPattern}: ${removed} ${removed === 1 ? 'entry' : 'entries'}`;
    this.#options.record({ kind: 'invalidate', severity: 'info', title });
  }

  #record(title: string, detail: string | null = null): void {
    this.#options.record({ kind: 'action', severity: 'info', title, detail });
  }

  #act<T>(action: WorkstationAction, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#limited((signal) => this.#learning(action, run(signal)));
  }

  /** @throws RpcError `conflict` without a manager */
  #require(): void {
    const { connected, signedOut } = this.session.value;
    if (!connected && signedOut !== null) throw new RpcError('conflict', signedOut);
  }

  async #limited<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const control = new AbortController();
    const timedOut = new DOMException('The time limit has passed.', 'TimeoutError');
    const cancel = this.#options.clock.after(timeLimit, () => control.abort(timedOut));
    try {
      return await run(AbortSignal.any([control.signal, this.#stopping.signal]));
    } finally {
      cancel();
    }
  }

  /** Remembers which role the server asked for, so that the page can grey the action. */
  async #learning<T>(action: WorkstationAction | null, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (action && error instanceof ManagerRefusal && error.needs) this.#session.learn(action, error.needs);
      throw error;
    }
  }
}

/** The error as a page gets it. */
function refuse(error: unknown): never {
  const { code, message } = describeError(error);
  throw new RpcError(rpcCodes[code], message);
}
