import { secretPattern } from './secret-pattern.ts';

/** What stands in the place of a secret. No pattern below matches it, so cleaning twice changes nothing. */
const mark = '•••';
/** Shorter ones would make half of every line unreadable. */
const shortestSecret = 4;
const mostWebTokens = 100;

/** Characters of an e-mail address before the @. */
const local = String.raw`\p{L}\p{N}._%+\-`;

/**
 * Each runs in linear time: it starts at a fixed word or where a run of its characters begins, and never
 * scans the same run from several starts.
 */
const patterns: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  // Headers, as a person, JSON or JavaScript writes them: the value up to its quote, else the rest of the line.
  [
    /((?:authorization|x-api-key|cookie)\\?["']?[ \t]{0,8}[:=][ \t]{0,8})(?:(\\?")[^"\r\n]*|(')[^'\r\n]*|[^\r\n]*)/gi,
    `$1$2$3${mark}`,
  ],
  [/\b(bearer|basic)(?:[ \t]{1,8}|%20)[\w.~+/=%-]+/gi, `$1 ${mark}`],
  // A query, a form, or a URL written into another one.
  [/((?:api[_-]?key|token|password|passwd|secret)(?:=|%3D))[^&\s"'<>\\•]+/gi, `$1${mark}`],
  [/((?:[?&]|%3F|%26)code(?:=|%3D))[^&\s"'<>\\•]+/gi, `$1${mark}`],
  // A field of a JSON document, maybe one within another.
  [
    /((?:api[_-]?key|token|password|passwd|secret)\\{0,3}"[ \t]{0,8}:[ \t]{0,8}\\{0,3}")[^"\\•]+/gi,
    `$1${mark}`,
  ],
  // Whoever stands in front of the host in a URL.
  [/:\/\/[^\s/?#"'<>\\]*@/g, `://${mark}@`],
  [/[\w.-]{20,}/g, withoutWebTokens],
  [new RegExp(String.raw`(?<![${local}•])[${local}]+(?:@|%40)(?=[\p{L}\p{N}.\-]*\.\p{L})`, 'gu'), maskLocal],
];

/** Makes secrets and e-mail addresses unreadable in whatever is written down or handed out. */
export class Redactor {
  readonly #secrets = new Map<string, RegExp>();
  /** Of the longest secret first, so that one within another leaves no rest. */
  #secretPatterns: RegExp[] = [];
  /** Those of the secrets that are web tokens, oldest first. */
  readonly #webTokens: string[] = [];

  /** Has `secret` made unreadable from now on, in each way it is usually written. */
  add(secret: string): void {
    if (secret.length < shortestSecret || this.#secrets.has(secret)) return;
    this.#secrets.set(secret, secretPattern(secret));
    if (withoutWebTokens(secret) === mark) this.#forgetOldToken(secret);
    this.#secretPatterns = [...this.#secrets]
      .toSorted(([a], [b]) => b.length - a.length)
      .map(([, pattern]) => pattern);
  }

  /** Web tokens come anew every few minutes and are unreadable by their shape, too: the last ones are enough. */
  #forgetOldToken(newest: string): void {
    this.#webTokens.push(newest);
    if (this.#webTokens.length > mostWebTokens) this.#secrets.delete(this.#webTokens.shift() ?? '');
  }

  /** Takes time in proportion to the length of `text`. */
  clean(text: string): string {
    let cleaned = text;
    for (const pattern of this.#secretPatterns) cleaned = cleaned.replace(pattern, mark);
    for (const [pattern, replacement] of patterns) {
      cleaned =
        typeof replacement === 'string'
          ? cleaned.replace(pattern, replacement)
          : cleaned.replace(pattern, replacement);
    }
    return cleaned;
  }
}

/** The name of an account as it may be shown: `user1` as `u•••1`. */
export function maskAccount(account: string): string {
  const letters = Array.from(account);
  return letters.length < 3 ? mark : `${letters[0]}${mark}${letters.at(-1)}`;
}

function maskLocal(found: string): string {
  const at = found.endsWith('@') ? '@' : '%40';
  return maskAccount(found.slice(0, -at.length)) + at;
}

/** A JSON web token starts with `{"` in base64 and has at least two parts. */
function withoutWebTokens(run: string): string {
  const start = run.indexOf('eyJ');
  if (start < 0) return run;
  const [head = '', body = ''] = run.slice(start).split('.', 2);
  return head.length >= 8 && body.length >= 2 ? run.slice(0, start) + mark : run;
}
