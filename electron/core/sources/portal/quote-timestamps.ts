const quote = 0x22;
const backslash = 0x5c;

/** Only as a whole value: what follows is the end of the value. */
const timestamp =
  /\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?(?=\s*(?:[,}\]]|$))/y;
const digits = /\d+/y;

/**
 * Puts quotes around timestamps that stand bare in what should be JSON, as the portal's stream writes them:
 * `"createdTime": 2025-04-08 10:08:38.0`. What is inside a string stays as it is, a cluster's name that looks like a
 * timestamp included; so JSON that is valid comes back unchanged. Takes time in proportion to the length of `text`.
 */
export function quoteTimestamps(text: string): string {
  let repaired = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    if (text.charCodeAt(at) === quote) {
      at = endOfString(text, at + 1);
      continue;
    }
    const bare = match(timestamp, text, at);
    if (bare > 0) {
      repaired += `${text.slice(copied, at)}"${text.slice(at, at + bare)}"`;
      at += bare;
      copied = at;
      continue;
    }
    at += match(digits, text, at) || 1; // a longer number does not end in a timestamp
  }
  return repaired + text.slice(copied);
}

/** Length of the match that begins at `at`; 0: there is none. */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Position behind the closing quote; the end of `text` when there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
  }
  return text.length;
}
