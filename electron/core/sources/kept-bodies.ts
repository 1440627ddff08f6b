/** The reply each value was read from, for as long as the value lives. */
const bodies = new WeakMap<object, unknown>();

/** Remembers what the backend said beside what we read in it, unless it repeats `secret`. */
export function keepBody(value: object, body: unknown, secret: string | null = null): void {
  // As JSON writes it: a quote in a secret has a backslash there.
  if (secret !== null && JSON.stringify(body)?.includes(JSON.stringify(secret).slice(1, -1))) return;
  bodies.set(value, body);
}

/** The backend's own parsed JSON behind a value; undefined: it came of several replies, or in another way. */
export function bodyOf(value: object): unknown {
  return bodies.get(value);
}
