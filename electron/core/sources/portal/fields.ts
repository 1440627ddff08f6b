import { z } from 'zod';
import { isRecord } from '../server-detail.ts';
import { SourceError } from '../source-error.ts';
import { readTime } from './times.ts';

/*
 * Fields as portals send them: numbers and flags also as text; absent, null and what cannot be understood all mean "not
 * reported". A list or an object in the place of a plain value is another server's reply.
 */

const plain = z.union([z.string(), z.number(), z.boolean()]).nullish();

function numberOf(value: string | number | boolean | null | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export const number = plain.transform(numberOf);

/** A number without which the rest makes no sense. */
export const id = plain.transform((value, context) => {
  const number = numberOf(value);
  if (number !== null && Number.isSafeInteger(number)) return number;
  context.addIssue({ code: 'custom', message: 'not an id' });
  return z.NEVER;
});

/** An empty text says nothing. */
export const text = plain.transform((value) => {
  const string = typeof value === 'number' ? String(value) : value;
  return typeof string === 'string' && string.trim() !== '' ? string.trim() : null;
});

/** yes, no, true, false in any case, also as text. */
export const flag = plain.transform((value) => {
  switch (String(value).trim().toLowerCase()) {
    case 'true':
    case 'yes':
      return true;
    case 'false':
    case 'no':
      return false;
    default:
      return null;
  }
});

/** UTC ms. */
export const time = plain.transform((value) => readTime(value)?.at ?? null);

/** A nested object of which a reply may have none: its fields are then all not reported. */
export function section<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess((value) => value ?? {}, z.object(shape));
}

/** A list, or the list under `name` of an object. */
export function listUnder<T extends z.ZodType>(name: string, item: T, max: number) {
  return z.preprocess(
    (value) => (isRecord(value) && name in value ? (value[name] ?? []) : value),
    z.array(item).max(max),
  );
}

/**
 * Reads a reply by `schema`.
 * @throws SourceError 'bad-reply' that names the endpoint and the field, never a value.
 */
export function readReply<T extends z.ZodType>(schema: T, reply: unknown, endpoint: string): z.output<T> {
  const result = schema.safeParse(reply);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path ?? [];
  const field = path
    .map((part) => (typeof part === 'string' && !/^[a-z_]\w{0,40}$/i.test(part) ? '…' : String(part)))
    .join('.');
  throw new SourceError(
    'bad-reply',
    field === ''
      ? `The reply of ${endpoint} is not what a portal sends.`
      : `The reply of ${endpoint} has an unexpected value in the field ${field}.`,
  );
}
