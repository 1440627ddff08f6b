import { createHash } from 'node:crypto';

const separators = /[%:*?\\]/g;
const maxDepth = 100;

/** Separators and wildcards as %XX, so that parts cannot run into each other nor act in a pattern. */
function part(text: string): string {
  return text.replace(separators, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `<prefix>:<name>[:<hash>]`; different parts never give the same key. */
export function cacheKey(prefix: string, name: string, hash?: string): string {
  const key = `${part(prefix)}:${part(name)}`;
  return hash === undefined ? key : `${key}:${part(hash)}`;
}

/** What a key is counted under: the text before the first colon. */
export function namespaceOf(key: string): string {
  const end = key.indexOf(':');
  return end < 0 ? key : key.slice(0, end);
}

/** Thrown inside only: an argument that has no canonical form. */
class NotCanonical extends Error {}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function canonicalObject(value: object, above: readonly object[]): string {
  if (above.includes(value) || above.length >= maxDepth) throw new NotCanonical();
  const path = [...above, value];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return `[${Array.from(items, (item) => canonical(item, path)).join(',')}]`;
  }
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (!isPlain(value) || Object.getOwnPropertySymbols(value).length > 0) throw new NotCanonical();
  const fields: readonly (readonly [string, unknown])[] = Object.entries(value);
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item, path)}`).join(',')}}`;
}

function canonical(value: unknown, above: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return `number ${value}`;
    case 'bigint':
      return `bigint ${value}`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value, above);
    case 'function':
    case 'symbol':
      throw new NotCanonical();
    default:
      throw new NotCanonical();
  }
}

/**
 * 128 bits of SHA-256 over the arguments, as hex: the order of object fields does not matter at any depth,
 * the order of array items and every type do. null for what has no canonical form (functions, symbols, maps,
 * class instances, cycles): such a call cannot be cached.
 */
export function argsHash(args: readonly unknown[]): string | null {
  try {
    return createHash('sha256').update(canonical(args, [])).digest('hex').slice(0, 32);
  } catch (error) {
    if (error instanceof NotCanonical) return null;
    throw error;
  }
}
