const longest = 200;

/**
 * What a server said about a refusal, as one short line; null when it said nothing usable.
 * `detail` may be a string, a list of validation errors or an object (FastAPI), the whole body may be text (Go).
 * The rejected input is left out: it is ours and may be secret.
 */
export function serverDetail(body: string, contentType: string): string | null {
  if (contentType.includes('html') || /^\s*</.test(body)) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return oneLine(body);
  }
  const detail = isRecord(value) ? (value['detail'] ?? value['error'] ?? value['message']) : value;
  return describe(detail);
}

function describe(detail: unknown): string | null {
  if (typeof detail === 'string') return oneLine(detail);
  if (Array.isArray(detail)) {
    const parts = detail
      .slice(0, 3)
      .map(describeOne)
      .filter((part) => part !== null);
    return parts.length === 0 ? null : oneLine(parts.join('; '));
  }
  return describeOne(detail);
}

function describeOne(detail: unknown): string | null {
  if (typeof detail === 'string') return oneLine(detail);
  if (!isRecord(detail)) return null;
  const text = [detail['msg'], detail['message'], detail['error'], detail['code']].find(
    (part) => typeof part === 'string' && part !== '',
  );
  if (typeof text !== 'string') return null;
  const at = Array.isArray(detail['loc']) ? detail['loc'].join('.') : '';
  return oneLine(at ? `${at}: ${text}` : text);
}

/** One short line without control characters; null when nothing is left. */
export function oneLine(text: string): string | null {
  const flat = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  if (flat === '') return null;
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
