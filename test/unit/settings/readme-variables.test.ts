import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';

const textOf = (path: string): string => readFileSync(inProject(path), 'utf8');

/** Every variable that something reads: those written out, and those of which a part is put together. */
function variablesRead(): Set<string> {
  const sources = globSync('{electron,shared,build}/**/*.{ts,mjs}', { cwd: inProject('.') });
  const written = sources.flatMap((path) => textOf(path).match(/(?<=')CACHEDECK_[A-Z_]*[A-Z](?=')/g) ?? []);
  const profile = textOf('electron/core/profiles/environment.ts');
  const ofProfile = [...profile.matchAll(/(?:read|address)\('([A-Z_]+)'\)/g)].map(([, name]) => name);
  return new Set([
    ...written,
    ...ofProfile.map((name) => `CACHEDECK_${name}`),
    ...sessionFields.map((field) => `CACHEDECK_TTL_SESSION_${field.toUpperCase()}`),
  ]);
}

/** The names in a row's first cell: `CACHEDECK_PORTAL_URL`, then `_EMAIL` for what begins as the first does. */
function namesIn(cell: string, known: ReadonlySet<string>): string[] {
  const [first = '', ...more] = [...cell.matchAll(/`([A-Z_]+)(?:=1)?`/g)].map(([, name = '']) => name);
  const parts = first.split('_');
  const beginnings = parts.map((_, nth) => parts.slice(0, nth + 1).join('_'));
  const full = (short: string): string[] => {
    const fitting = beginnings.map((beginning) => beginning + short).filter((name) => known.has(name));
    return fitting.length > 0 ? fitting : [`${first} … ${short}`];
  };
  return [first, ...more.flatMap((name) => (name.startsWith('_') ? full(name) : [name]))];
}

test('the README’s table names every variable that is read, and no other', () => {
  const known = variablesRead();
  const cells = [...textOf('README.md').matchAll(/^\| (`CACHEDECK_[^|]*)\|/gm)].map(([, cell = '']) => cell);
  const named = cells.flatMap((cell) => namesIn(cell, known));
  expect(named.toSorted()).toEqual([...known].toSorted());
});
