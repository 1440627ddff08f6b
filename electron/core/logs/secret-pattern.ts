/** Parts of a base64 text shorter than this stand in too many innocent words. */
const shortestPart = 4;

const jsonEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '/': '/',
  '\\': '\\',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

/**
 * Finds a secret in whatever way a text carries it: each character as it is, as URLs and forms write it or as JSON does,
 * and the whole in base64, also as a part of something longer that was encoded at once (`user:password`).
 */
export function secretPattern(secret: string): RegExp {
  const characters = Array.from(secret, characterPattern).join('');
  return new RegExp([...base64Forms(secret).map(literal), characters].join('|'), 'g');
}

function characterPattern(character: string): string {
  const wellFormed = character.toWellFormed();
  const bytes = [...Buffer.from(wellFormed)].map((byte) => `%${hex(byte, 2)}`).join('');
  const escape = jsonEscapes[character];
  const ways = [
    bytes,
    unitsOf(character)
      .map((unit) => String.raw`\\u${hex(unit, 4)}`)
      .join(''),
    ...(escape === undefined ? [] : [String.raw`\\${literal(escape)}`]),
    ...(character === ' ' ? [String.raw`\+`] : []),
    literal(character),
    ...(wellFormed === character ? [] : [literal(wellFormed)]),
  ];
  return `(?:${ways.join('|')})`;
}

/** Digits in small or capital letters. */
function hex(number: number, digits: number): string {
  const small = number.toString(16).padStart(digits, '0');
  return small.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function unitsOf(text: string): number[] {
  return text.split('').map((unit) => unit.charCodeAt(0));
}

/** A pattern of exactly this text. */
function literal(text: string): string {
  return unitsOf(text)
    .map((unit) => String.raw`\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/** Longest first, so that padding goes with the rest. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const whole = bytes.toString('base64');
  const forms = [whole, whole.replaceAll('=', ''), ...[0, 1, 2].map((before) => partOf(bytes, before))];
  const long = forms.filter((form) => form.length >= shortestPart);
  return [...new Set(long.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]))];
}

/** The digits that depend on nothing but `bytes` when `before` other bytes (modulo 3) stand in front of them. */
function partOf(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const own = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((before * 8) / 6), own);
}
