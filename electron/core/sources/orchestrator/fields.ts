import { z } from 'zod';
import { isRecord } from '../server-detail.ts';
import { SourceError } from '../source-error.ts';

/*
 * Fields as a server of any version may send them: absent and null both mean "not reported",
 * another type than the expected one is an error that names the field.
 */

export const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

/** An empty text says nothing, so it counts as not reported. */
export const text = z
  .string()
  .nullish()
  .transform((value) => (value ? value : null));

/** ISO 8601 to UTC ms. Without a zone it is UTC (the servers' clocks are); Go's zero time is "never". */
export const time = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (!value || value.startsWith('0001-01-01')) return null;
    const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(value);
    const ms = Date.parse(hasZone ? value : `${value.replace(' ', 'T')}Z`);
    if (!Number.isNaN(ms)) return ms;
    context.addIssue({ code: 'custom', message: 'not a time' });
    return z.NEVER;
  });

/** One word of a closed list; a word we do not know (yet) is 'unknown', not an error. */
export function word<const W extends string>(known: readonly W[]) {
  return z
    .string()
    .nullish()
    .transform((value): W | 'unknown' => {
      const plain = value?.toLowerCase().replaceAll('-', '_');
      return known.find((one) => one === plain) ?? 'unknown';
    });
}

/**
 * An object of which at least one of the fields in `by` (default: any) is present: what has none of them is
 * another server's reply.
 */
export function recognised<S extends z.ZodRawShape>(
  shape: S,
  by: readonly (keyof S & string)[] = Object.keys(shape),
) {
  return z
    .custom<unknown>((value) => !isRecord(value) || by.some((name) => name in value))
    .pipe(z.object(shape));
}

/** A nested object that older or newer servers may leave out: its fields are then all not reported. */
export function section<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess((value) => value ?? {}, z.object(shape));
}

/**
 * Reads a reply by `schema`.
 * @param sender who should have sent it, for the sentence
 * @throws SourceError 'bad-reply' that names the endpoint and the field, never a value.
 */
export function readReply<T extends z.ZodType>(
  schema: T,
  reply: unknown,
  endpoint: string,
  sender = 'an orchestrator',
): z.output<T> {
  const result = schema.safeParse(reply);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path ?? [];
  // Keys of maps are ids, which are values of a kind: only field names and positions are shown.
  const field = path
    .map((part) => (typeof part === 'string' && !/^[a-z_]\w{0,40}$/i.test(part) ? '…' : String(part)))
    .join('.');
  throw new SourceError(
    'bad-reply',
    field === ''
      ? `The reply of ${endpoint} is not what ${sender} sends.`
      : `The reply of ${endpoint} has an unexpected value in the field ${field}.`,
  );
}
