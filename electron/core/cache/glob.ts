/**
 * Matches keys against `*` (any run, also empty), `?` (one character), `\` (takes the next character literally).
 * Everything else is literal, case counts, both ends are anchored.
 *
 * Two pointers and one resume point instead of a translated RegExp: the work is at most pattern × text,
 * where a hostile pattern takes a backtracking RegExp seconds.
 */
const anyRun = -1;
const anyOne = -2;
const star = 42;
const question = 63;
const backslash = 92;

/** A compiled pattern; code units are literal, negative numbers are wildcards. */
type Glob = readonly number[];

/** Throws `RangeError` for an empty or blank pattern, which is more likely a slip than a wish. */
export function compileGlob(pattern: string): Glob {
  if (typeof pattern !== 'string' || pattern.trim() === '') {
    throw new RangeError('A pattern must not be blank');
  }
  const tokens: number[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charCodeAt(at);
    if (unit === backslash && at + 1 < pattern.length) {
      at += 1;
      tokens.push(pattern.charCodeAt(at));
    } else if (unit === star) {
      if (tokens.at(-1) !== anyRun) tokens.push(anyRun);
    } else {
      tokens.push(unit === question ? anyOne : unit);
    }
  }
  return tokens;
}

/** Code units of the character at `at`: two for a surrogate pair, so that `?` takes a whole emoji. */
function width(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Whether the whole of `text` matches. */
export function matchesGlob(glob: Glob, text: string): boolean {
  let token = 0;
  let at = 0;
  let resumeToken = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = glob[token];
    if (wanted === anyRun) {
      token += 1;
      resumeToken = token;
      resumeAt = at;
    } else if (wanted === anyOne) {
      token += 1;
      at += width(text, at);
    } else if (wanted === text.charCodeAt(at)) {
      token += 1;
      at += 1;
    } else if (resumeToken >= 0) {
      resumeAt += width(text, resumeAt);
      at = resumeAt;
      token = resumeToken;
    } else {
      return false;
    }
  }
  while (glob[token] === anyRun) token += 1;
  return token === glob.length;
}
