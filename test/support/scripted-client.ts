import type {
  CallInput,
  CallName,
  CallOutput,
  Client,
  FeedName,
  FeedValue,
  LinkState,
} from '../../shared/rpc/client.ts';
import { RpcError } from '../../shared/rpc/wire.ts';

type Answer<N extends CallName> = (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>>;

/** A client whose replies and feeds a test writes down; what was asked is kept. */
export class ScriptedClient implements Client {
  readonly asked: { readonly name: CallName; readonly input: unknown }[] = [];
  readonly #answers = new Map<CallName, Answer<CallName>>();
  readonly #values = new Map<FeedName, unknown>();
  readonly #listeners = new Map<FeedName, Set<(value: never, revision: number) => void>>();
  readonly #linkListeners = new Set<(state: LinkState) => void>();
  #link: LinkState = 'open';
  #revision = 0;

  /** From now on `name` is answered so. */
  answer<N extends CallName>(name: N, answer: Answer<N>): this {
    this.#answers.set(name, answer);
    return this;
  }

  /** Pushes a value to every subscriber and keeps it for those to come. */
  push<N extends FeedName>(name: N, value: FeedValue<N>): this {
    this.#values.set(name, value);
    this.#revision += 1;
    for (const listener of this.#listeners.get(name) ?? []) listener(value as never, this.#revision);
    return this;
  }

  /** Takes a feed's value away, as before main has told it. */
  forget(name: FeedName): this {
    this.#values.delete(name);
    return this;
  }

  setLink(state: LinkState): this {
    this.#link = state;
    for (const listener of this.#linkListeners) listener(state);
    return this;
  }

  /** The inputs of all calls of `name` so far. */
  inputsOf(name: CallName): readonly unknown[] {
    return this.asked.filter((call) => call.name === name).map(({ input }) => input);
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.asked.push({ name, input });
    if (this.#link !== 'open') throw new RpcError('unavailable', 'The main process is not answering.');
    const answer = this.#answers.get(name);
    if (!answer) throw new RpcError('not-found', `${name} has no scripted answer`);
    return (await answer(input as CallInput<CallName>)) as CallOutput<N>;
  }

  subscribe<N extends FeedName>(
    name: N,
    listener: (value: FeedValue<N>, revision: number) => void,
  ): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    const own = (value: never, revision: number): void => listener(value, revision);
    listeners.add(own);
    if (this.#values.has(name)) own(this.#values.get(name) as never, this.#revision);
    return () => void listeners.delete(own);
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#linkListeners.add(listener);
    listener(this.#link);
    return () => void this.#linkListeners.delete(listener);
  }
}
