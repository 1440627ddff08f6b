import type { z } from 'zod';

/**
 * What a caller must be allowed to do: a viewer sees, an operator refreshes, pauses, snoozes and signs in to backends, an
 * admin removes, provisions and changes settings, profiles and keys. Each role includes the ones before it.
 */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody of role `held` may do what needs `needed`. */
export function covers(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}

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
