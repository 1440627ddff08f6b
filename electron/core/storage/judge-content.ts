import { z } from 'zod';

/** How the content of a document's file has to look. */
export interface ContentRules<S extends z.ZodObject> {
  readonly schema: S;
  /** What is used for each field that is missing or does not fit. */
  readonly defaults: z.infer<S>;
  /** Number of the format written today, from 1. */
  readonly format: number;
  /** `migrations[0]` makes format 2 of format 1, and so on: one fewer than `format`. They get what JSON can hold. */
  readonly migrations: readonly ((old: unknown) => unknown)[];
}

export type Judgement<T> =
  | { readonly kind: 'good'; readonly value: T; readonly migrated: boolean }
  /** `misfits`: names of the fields that got their default, or lost some of their items. */
  | { readonly kind: 'partial'; readonly value: T; readonly misfits: readonly string[] }
  /** `reason` follows the name of the file in a sentence. It tells nothing of the content. */
  | { readonly kind: 'bad'; readonly mark: 'corrupt' | 'newer'; readonly reason: string };

const envelope = z.object({ format: z.int().min(1), data: z.unknown() });
const plainObject = z.record(z.string(), z.unknown());

function bad(reason: string, mark: 'corrupt' | 'newer' = 'corrupt'): Judgement<never> {
  return { kind: 'bad', mark, reason };
}

/** Decides what of a file's bytes, `{ "format": n, "data": { … } }`, can be used. Never throws for their sake. */
export function judgeContent<S extends z.ZodObject>(
  bytes: Uint8Array,
  rules: ContentRules<S>,
): Judgement<z.infer<S>> {
  if (bytes.length === 0) return bad('is empty');
  if (bytes.every((byte) => byte === 0)) return bad('holds nothing but zero bytes');
  const file = envelope.safeParse(parse(bytes));
  if (!file.success) return bad('is damaged or was not written by Cachedeck');
  if (file.data.format > rules.format) return bad('was written by a newer release of Cachedeck', 'newer');

  let data: unknown = file.data.data;
  const steps = rules.migrations.slice(file.data.format - 1);
  try {
    for (const migrate of steps) data = migrate(data);
  } catch {
    return bad('is of an older format and could not be converted');
  }
  const fields = plainObject.safeParse(data);
  if (!fields.success) return bad('is damaged or was not written by Cachedeck');

  const { value, misfits } = fitFields(fields.data, rules);
  const whole = rules.schema.safeParse(value);
  if (!whole.success) return bad('holds fields that do not fit together');
  return misfits.length > 0
    ? { kind: 'partial', value: whole.data, misfits }
    : { kind: 'good', value: whole.data, migrated: steps.length > 0 };
}

/** The JSON value of `bytes`; undefined, which JSON cannot hold, if there is none. A byte order mark is allowed. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Keeps each field of the schema that fits. One that is missing is no misfit: releases add fields. */
function fitFields<S extends z.ZodObject>(data: Record<string, unknown>, rules: ContentRules<S>) {
  const value: Record<string, unknown> = { ...rules.defaults };
  const misfits: string[] = [];
  for (const [name, schema] of Object.entries(rules.schema.shape)) {
    if (!Object.hasOwn(data, name)) continue;
    const whole = z.safeParse(schema, data[name]);
    if (!whole.success) misfits.push(name);
    const kept = whole.success ? whole : z.safeParse(schema, fittingItems(schema, data[name]));
    if (kept.success) value[name] = kept.data;
  }
  return { value, misfits };
}

/** A list or a record without the items that do not fit, so that one of them does not cost the others. */
function fittingItems(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.filter((item) => z.safeParse(schema.element, item).success);
  }
  const record = plainObject.safeParse(value);
  if (schema instanceof z.ZodRecord && record.success) {
    return Object.fromEntries(
      Object.entries(record.data).filter(([key, item]) => schema.safeParse({ [key]: item }).success),
    );
  }
  return undefined;
}
