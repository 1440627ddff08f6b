import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskAccount, Redactor } from '../../../electron/core/logs/redact.ts';

const plain = new Redactor();

function redactorOf(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

/** The ways a secret is written into texts. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in a URL': (secret) => encodeURIComponent(secret.toWellFormed()),
  'in a form': (secret) => new URLSearchParams({ v: secret }).toString().slice(2),
  'in a URL, small letters': (secret) =>
    encodeURIComponent(secret.toWellFormed()).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON of ASCII only': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
};

test('a known secret never survives in whatever text and encoding', () => {
  const secret = fc.oneof(
    fc.string({ minLength: 4, maxLength: 60 }),
    fc.string({ minLength: 4, maxLength: 60, unit: 'binary' }),
    fc.stringMatching(/^[A-Za-z0-9+/=%&"\\ -]{4,40}$/),
  );
  const around = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'token=', '"', '\\'),
  );
  fc.assert(
    fc.property(
      secret,
      fc.array(secret, { maxLength: 3 }),
      around,
      around,
      fc.constantFrom(...Object.keys(encodings)),
      (secret, others, before, after, name) => {
        const written = encodings[name]?.(secret) ?? '';
        expect(written.length).toBeGreaterThanOrEqual(4);
        const redactor = redactorOf(...others, secret);
        const cleaned = redactor.clean(before + written + after);
        expect(cleaned).not.toContain(written);
        expect(cleaned).not.toContain(secret);
      },
    ),
    { numRuns: 500 },
  );
});

test('a secret that was encoded together with what stands around it leaves at most its edges', () => {
  const word = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(word, fc.string(), fc.string(), (secret, before, after) => {
      const cleaned = redactorOf(secret).clean(Buffer.from(before + secret + after).toString('base64'));
      expect(Buffer.from(cleaned, 'base64').toString()).not.toContain(secret);
      expect(cleaned).toContain('•••');
    }),
  );
});

test('cleaning twice changes nothing', () => {
  const pieces = fc.constantFrom(
    'Authorization: Bearer abc.def',
    'https://ann:pw@host.example/x?token=t1&code=c2',
    'ann.smith@example.com',
    '"password":"p w"',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
    's3cret',
    '•••',
    '\n',
    ' ',
    '@',
    'a',
  );
  const redactor = redactorOf('s3cret');
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
      const once = redactor.clean(parts.join(''));
      expect(redactor.clean(once)).toBe(once);
    }),
  );
});

test('secrets shorter than four characters are left, or nothing could be read', () => {
  expect(redactorOf('', 'a', 'the').clean('the cat ate')).toBe('the cat ate');
});

test('a secret within another leaves no rest of it', () => {
  expect(redactorOf('abcd', 'abcdefgh').clean('key abcdefgh and abcd')).toBe('key ••• and •••');
});

test.each([
  ['Authorization: Bearer abc-1', 'Authorization: •••'],
  ['proxy-authorization: Digest username="u", response="r"', 'proxy-authorization: •••'],
  ['{"authorization":"Bearer abc","host":"h"}', '{"authorization":"•••","host":"h"}'],
  ["{ Authorization: 'Bearer abc', host: 'h' }", "{ Authorization: '•••', host: 'h' }"],
  ['X-API-Key: k1\nAccept: */*', 'X-API-Key: •••\nAccept: */*'],
  ['Set-Cookie: sid=1; HttpOnly', 'Set-Cookie: •••'],
  ['sent Bearer abc.def~x+/= twice', 'sent Bearer ••• twice'],
  ['basic dXNlcjpwYXNz', 'basic •••'],
  ['GET /x?api_key=k&apikey=k2&page=2', 'GET /x?api_key=•••&apikey=•••&page=2'],
  ['access_token=t1&password=p%20w refused', 'access_token=•••&password=••• refused'],
  ['/callback?code=c1&state=s, exit code=1', '/callback?code=•••&state=s, exit code=1'],
  ['/go?to=%2Fx%3Ftoken%3Dabc', '/go?to=%2Fx%3Ftoken%3D•••'],
  ['{"client_secret": "a b", "n": 1}', '{"client_secret": "•••", "n": 1}'],
  [String.raw`"{\"password\":\"abc\",\"n\":1}"`, String.raw`"{\"password\":\"•••\",\"n\":1}"`],
  ['https://ann:p@ss@host.example/a@b', 'https://•••@host.example/a@b'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln!', 'jwt •••!'],
  ['by ann.smith1@example.com, bo@example.org', 'by a•••1@example.com, •••@example.org'],
  ['user=ann%40example.com', 'user=a•••n%40example.com'],
  ['Jürgen.Groß@bücher.example', 'J•••ß@bücher.example'],
])('%s', (text, expected) => {
  expect(plain.clean(text)).toBe(expected);
});

test.each([
  'Cache HIT vpn:status age 1.2 s',
  '127.0.0.1:8000/api/v1/engines: 404',
  'package@1.2.3 at file:///app/out/serve/index.js:10:5',
  'The password was rejected (401).',
  'secretStorage: weak',
])('says on: %s', (text) => {
  expect(plain.clean(text)).toBe(text);
});

test('web tokens, of which there is always another, do not pile up: each stays unreadable all the same', () => {
  const redactor = new Redactor();
  redactor.add('hunter2-hunter2');
  const tokenOf = (nth: number): string =>
    [{ alg: 'none' }, { nth }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  for (let nth = 0; nth < 5000; nth += 1) redactor.add(tokenOf(nth));
  const text = `hunter2-hunter2 ${tokenOf(0)} ${tokenOf(4999)}`;
  expect(redactor.clean(text)).toBe('••• ••• •••');
  const start = performance.now();
  for (let line = 0; line < 1000; line += 1) redactor.clean(text);
  // Each of 5000 patterns for each line would be seconds.
  expect(performance.now() - start).toBeLessThan(1000);
});

test('accounts keep their ends only', () => {
  expect(['user1', 'ann', 'bo', 'é', ''].map(maskAccount)).toEqual(['u•••1', 'a•••n', '•••', '•••', '•••']);
});

const megabyte = 1_000_000;
test.each([
  ['letters', 'a'],
  ['at signs', 'a@'],
  ['domains without an end', 'a@b.'],
  ['web tokens', 'eyJ'],
  ['web tokens with dots', 'eyJ.'],
  ['urls', '://'],
  ['urls with user', '://a@'],
  ['header names', 'authorization'],
  ['header quotes', 'cookie:"'],
  ['keys', 'token='],
  ['json keys', 'token":"'],
  ['bearer', 'bearer '],
  ['spaces', ' '],
  ['backslashes', '\\'],
  ['percent', '%40'],
  ['the secret’s beginning', 'hunter'],
])('a megabyte of %s takes no quadratic time', (_name, piece) => {
  const redactor = redactorOf('hunter2-hunter2', 'ann’s "quoted" key/with+all');
  const text = piece.repeat(Math.ceil(megabyte / piece.length));
  const start = performance.now();
  redactor.clean(text);
  // Quadratic time would be minutes, so a wide margin tells it from a busy machine.
  expect(performance.now() - start).toBeLessThan(2000);
});
