import { z } from 'zod';
import { contract } from '../../../shared/contract/index.ts';
import type { CallName } from '../../../shared/rpc/client.ts';
import type { Role } from '../../../shared/rpc/define.ts';

export const methods = ['GET', 'POST', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** Whoever asks, known by their key. */
export interface Asker {
  /** viewer where the route needs no key. */
  readonly role: Role;
  readonly signal: AbortSignal;
}

export interface Answer<T> {
  /** `text`: already written and checked, in the route's content type. */
  readonly body: T | { readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** One address of the control API. Dispatch, role check, validation and the document all follow from it. */
export interface Route {
  readonly method: Method;
  /** With names in braces: "/sessions/{id}". */
  readonly path: string;
  /** null: no key is needed. */
  readonly role: Role | null;
  readonly tag: string;
  readonly summary: string;
  readonly description: string | null;
  readonly status: 200 | 201;
  /** Of the names in the path. */
  readonly params: z.ZodObject;
  /** Names that it does not know are let pass. */
  readonly query: z.ZodObject;
  /** null: none is read. */
  readonly body: z.ZodType | null;
  readonly contentType: string;
  readonly output: z.ZodType;
  readonly example: unknown;
  /** Headers of a good reply and what they say. */
  readonly headers: Readonly<Record<string, string>>;
  /** What may go wrong beside what may anywhere, by status. */
  readonly faults: Readonly<Record<number, string>>;
  readonly run: (input: Input<unknown, unknown, unknown>, asker: Asker) => Promise<Answer<unknown>>;
}

interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

const nothing = z.object({});
export const json = 'application/json; charset=utf-8';

type Shape<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, O extends z.ZodType> = Pick<
  Route,
  'method' | 'path' | 'role' | 'tag' | 'summary'
> &
  Partial<Pick<Route, 'description' | 'status' | 'contentType' | 'headers' | 'faults'>> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly output: O;
    readonly example: z.input<O>;
    readonly run: (
      input: Input<z.output<P>, z.output<Q>, z.output<B>>,
      asker: Asker,
    ) => Answer<z.input<O>> | Promise<Answer<z.input<O>>>;
  };

/** Declares a route; the types of its schemas stand behind it only here. */
export function route<
  O extends z.ZodType,
  P extends z.ZodObject = typeof nothing,
  Q extends z.ZodObject = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(shape: Shape<P, Q, B, O>): Route {
  const { run } = shape;
  return {
    description: null,
    status: 200,
    contentType: json,
    headers: {},
    faults: {},
    ...shape,
    params: shape.params ?? nothing,
    query: shape.query ?? nothing,
    body: shape.body ?? null,
    // The schemas have parsed what it is given by then.
    run: async (input, asker) => run(input as Input<z.output<P>, z.output<Q>, z.output<B>>, asker),
  };
}

/** The role that the contract asks for a call: one truth for pages and scripts. */
export function roleOf(name: CallName): Role {
  return contract[name].role;
}
