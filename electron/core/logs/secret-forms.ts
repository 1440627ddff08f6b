/** Parts of a base64 text shorter than this stand in too many innocent words. */
const shortestPart = 4;

/**
 * The ways in which a secret turns up in texts: as it is, in a URL or form, in JSON, in base64, also as a part of a
 * longer text that was encoded as a whole (`user:password`).
 */
export function secretForms(secret: string): string[] {
  const plain = secret.toWellFormed();
  const inUrl = encodeURIComponent(plain);
  const strict = inUrl.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const urls = [inUrl, strict, inUrl.replaceAll('%20', '+'), strict.replaceAll('%20', '+'), encodeURI(plain)];
  return [
    secret,
    plain,
    ...urls,
    ...urls.map(withSmallHex),
    inJson,
    inJson.replaceAll('/', String.raw`\/`),
    inAscii(inJson),
    ...inBase64(plain),
  ].filter((form) => form.length > 0);
}

function withSmallHex(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

/** As some servers write JSON: every character outside ASCII by its number. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[^\u0020-\u007e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const whole = bytes.toString('base64');
  const forms = [whole, whole.replaceAll('=', ''), ...[0, 1, 2].map((before) => partOf(bytes, before))];
  return forms
    .filter((form) => form.length >= shortestPart)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** The characters that depend on nothing but `bytes` when `before` other bytes (modulo 3) stand in front of them. */
function partOf(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
  const own = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((before * 8) / 6), own);
}
