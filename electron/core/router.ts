import type { z } from 'zod';
import { orWhenAborted } from '../../shared/rpc/abort.ts';
import { covers } from '../../shared/rpc/define.ts';
import type { CallEntry, ContractShape, Entry, FeedEntry, Role } from '../../shared/rpc/define.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import type { EntryName, FeedMessage, Reply, RpcErrorCode } from '../../shared/rpc/wire.ts';
import type { Feed } from './feed.ts';
import type { Log } from './log.ts';

/** Who asks. Hosts make it; the page never does. */
export interface Principal {
  readonly role: Role;
}

type ErrorReply = Extract<Reply, { ok: false }>;

/** The bridge's far end: hosts hand it names and data from outside, it hands back data. */
export interface Router {
  /** What can be asked, for hosts that open one channel an entry. */
  readonly entries: readonly EntryName[];
  /** Never rejects. Checks name, role, input and output. `signal`: the asker has gone. */
  call(name: string, input: unknown, principal: Principal, signal?: AbortSignal): Promise<Reply>;
  /** The current value first, then each change. The error reply tells why nothing is subscribed. */
  subscribe(
    name: string,
    principal: Principal,
    push: (message: FeedMessage) => void,
  ): { readonly ok: true; readonly stop: () => void } | ErrorReply;
}

/** What a handler is told beside its input. */
export interface CallContext {
  readonly principal: Principal;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

type CallHandler<I extends z.ZodType, O extends z.ZodType> = (
  input: z.output<I>,
  context: CallContext,
) => z.input<O> | Promise<z.input<O>>;

type HandlerOf<E extends Entry> =
  E extends CallEntry<infer I, infer O>
    ? CallHandler<I, O>
    : E extends FeedEntry<infer V>
      ? Feed<z.input<V>>
      : never;

/** One handler for each entry: a function for a call, a `Feed` for a feed. A missing one does not compile. */
export type Handlers<C extends ContractShape> = { readonly [N in keyof C]: HandlerOf<C[N]> };

const maxDetails = 10;

function errorReply(code: RpcErrorCode, message: string, details?: readonly string[]): ErrorReply {
  return { ok: false, error: { code, message, ...(details && details.length > 0 ? { details } : {}) } };
}

/** Where a value does not fit its schema; paths only, because the value may be a secret. */
function fieldPaths(error: z.ZodError): string[] {
  const paths = error.issues.map((issue) => issue.path.map(String).join('.') || '(whole)');
  return [...new Set(paths)].slice(0, maxDetails);
}

const internal = errorReply('internal', 'Something went wrong inside Cachedeck. The log has the reason.');
const cancelled = errorReply('cancelled', 'The request was cancelled.');

/** Messages of a feed as they may leave main: each revision is checked once, however many listen. */
class CheckedFeed {
  readonly #name: string;
  readonly #schema: z.ZodType;
  readonly #feed: Feed<unknown>;
  readonly #log: Log;
  #revision = -1;
  #checked: FeedMessage | null = null;

  constructor(name: string, schema: z.ZodType, feed: Feed<unknown>, log: Log) {
    this.#name = name;
    this.#schema = schema;
    this.#feed = feed;
    this.#log = log;
  }

  /** A value that does not fit is held back, so a listener keeps its last good one; the log has the paths. */
  subscribe(push: (message: FeedMessage) => void): () => void {
    return this.#feed.subscribe((message) => {
      const checked = this.#check(message);
      if (checked) push(checked);
    });
  }

  #check(message: FeedMessage): FeedMessage | null {
    if (message.revision === this.#revision) return this.#checked;
    this.#revision = message.revision;
    const parsed = this.#schema.safeParse(message.value);
    this.#checked = parsed.success ? { revision: message.revision, value: parsed.data } : null;
    if (!parsed.success) {
      this.#log.error(
        `feed ${this.#name}: value held back, does not fit at ${fieldPaths(parsed.error).join(', ')}`,
      );
    }
    return this.#checked;
  }
}

/** What the running of one call needs, stripped of its types: the schemas stand for them from here on. */
interface Route {
  readonly entry: Entry;
  readonly run: ((input: unknown, context: CallContext) => unknown) | null;
  readonly feed: CheckedFeed | null;
}

/**
 * Joins a contract to its handlers. Names are looked up among own properties only, then come role, input,
 * handler and output; what a handler throws crosses as data: an `RpcError` as it is, anything else as `internal`.
 */
export function createRouter<C extends ContractShape>(
  contract: C,
  handlers: Handlers<C>,
  options: { readonly log: Log },
): Router {
  const { log } = options;
  const routes = new Map<string, Route>();
  for (const [name, entry] of Object.entries(contract)) {
    const handler: unknown = handlers[name];
    routes.set(name, {
      entry,
      run: entry.kind === 'call' ? (handler as Route['run']) : null,
      feed: entry.kind === 'feed' ? new CheckedFeed(name, entry.value, handler as Feed<unknown>, log) : null,
    });
  }

  function failed(name: string, error: unknown, signal: AbortSignal | undefined): ErrorReply {
    if (error instanceof RpcError) return errorReply(error.code, error.message, error.details);
    if (signal?.aborted) return cancelled;
    log.error(`call ${name}: ${error instanceof Error ? error.message : 'failed without an error'}`);
    return internal;
  }

  async function answer(
    name: string,
    input: unknown,
    principal: Principal,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const route = routes.get(name);
    if (!route?.run || route.entry.kind !== 'call') {
      return errorReply('not-found', 'There is no such call.');
    }
    if (!covers(principal.role, route.entry.role)) {
      return errorReply('forbidden', `This needs the role ${route.entry.role}.`);
    }
    try {
      const given = route.entry.input.safeParse(input === undefined ? {} : input);
      if (!given.success) {
        return errorReply('bad-request', 'The input does not fit.', fieldPaths(given.error));
      }
      if (signal?.aborted) return cancelled;
      const output = await route.run(given.data, { principal, ...(signal ? { signal } : {}) });
      const checked = route.entry.output.safeParse(output);
      if (checked.success) return { ok: true, value: checked.data };
      log.error(`call ${name}: output does not fit at ${fieldPaths(checked.error).join(', ')}`);
      return internal;
    } catch (error) {
      return failed(name, error, signal);
    }
  }

  return {
    entries: Object.entries(contract).map(([name, { kind, role }]) => ({ name, kind, role })),

    call(name, input, principal, signal) {
      return orWhenAborted(answer(name, input, principal, signal), signal, cancelled);
    },

    subscribe(name, principal, push) {
      const route = routes.get(name);
      if (!route?.feed) return errorReply('not-found', 'There is no such feed.');
      if (!covers(principal.role, route.entry.role)) {
        return errorReply('forbidden', `This needs the role ${route.entry.role}.`);
      }
      return { ok: true, stop: route.feed.subscribe(push) };
    },
  };
}
