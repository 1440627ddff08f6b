/**
 * Freezes plain objects and arrays all the way down, so that a caller who changes a shared value fails loudly.
 * Typed arrays, maps and class instances are left: freezing does not protect their contents.
 */
export function deepFreeze<T>(value: T): T {
  freeze(value, new Set());
  return value;
}

function freeze(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  seen.add(value);
  for (const item of Object.values(value)) freeze(item, seen);
  Object.freeze(value);
}
