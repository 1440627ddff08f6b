const perObject = 24;
const perField = 8;
/** Counting stops here: a value this large is over any sensible budget anyway. */
const maxParts = 200_000;

/** Approximate bytes a value keeps in memory. Good for a budget and a tile, not for accounting. At least 1. */
export function approximateBytes(root: unknown): number {
  const seen = new Set<object>();
  const open: unknown[] = [root];
  let bytes = 0;
  for (let parts = 0; open.length > 0 && parts < maxParts; parts += 1) {
    const value = open.pop();
    if (typeof value === 'string') {
      bytes += perObject + 2 * value.length;
    } else if (typeof value !== 'object' || value === null) {
      bytes += perField;
    } else if (!seen.has(value)) {
      seen.add(value);
      bytes += perObject;
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) bytes += value.byteLength;
      else if (value instanceof Map) for (const pair of value) open.push(pair[0], pair[1]);
      else if (value instanceof Set) for (const item of value) open.push(item);
      else if (Array.isArray(value)) for (const item of value as unknown[]) open.push(item);
      else {
        for (const [name, item] of Object.entries(value)) {
          bytes += perField + name.length;
          open.push(item);
        }
      }
    }
  }
  return Math.max(1, bytes);
}
