import type { z } from 'zod';
import type { Role } from '../model/roles.ts';

export { covers, roles } from '../model/roles.ts';
export type { Role } from '../model/roles.ts';

/** A question with one answer. Input and output are checked in the main process. */
export interface CallEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly role: Role;
  readonly input: I;
  readonly output: O;
}

/** A value that main pushes: the current one first, then each change with a higher revision. */
export interface FeedEntry<V extends z.ZodType = z.ZodType> {
  readonly kind: 'feed';
  readonly role: Role;
  readonly value: V;
}

export type Entry = CallEntry | FeedEntry;
export type ContractShape = Readonly<Record<string, Entry>>;

/** Declares a call that needs `role`. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  role: Role,
  input: I,
  output: O,
): CallEntry<I, O> {
  return { kind: 'call', role, input, output };
}

/** Declares a feed that needs `role`. */
export function feed<V extends z.ZodType>(role: Role, value: V): FeedEntry<V> {
  return { kind: 'feed', role, value };
}
