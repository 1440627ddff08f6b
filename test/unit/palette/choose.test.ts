import { describe, expect, it, test } from 'vitest';
import { chosen } from '../../../renderer/palette/choose.ts';
import type { Command } from '../../../renderer/palette/command.ts';
import { scoreOf } from '../../../renderer/palette/match.ts';

function command(title: string, rest: Partial<Command> = {}): Command {
  return { id: title, group: 'actions', title, run: () => {}, ...rest };
}

describe('how well a text fits', () => {
  test.each([
    ['', 'anything'],
    ['cache', 'Clear cache…'],
    ['CLEAR', 'Clear cache…'],
    ['cache clear', 'Clear cache…'],
    ['frc', 'Force refresh cache'],
    ['ünïon', 'Union'],
    ['gluetun1', 'Engine behind gluetun1'],
    ['vpn:st', 'vpn:status'],
  ])('%j finds %j', (typed, text) => {
    expect(scoreOf(typed, text)).not.toBeNull();
  });

  test.each([
    ['xyz', 'Clear cache…'],
    ['clear wrong', 'Clear cache…'],
    ['rf', 'Force refresh cache'.replace('refresh ', '')],
    ['aaa', 'a'],
  ])('%j does not find %j', (typed, text) => {
    expect(scoreOf(typed, text)).toBeNull();
  });

  it('is best for the whole, then the beginning, a word, a part, letters', () => {
    const scores = ['cache', 'cache entries', 'clear cache', 'precached', 'c a c h e'].map((text) =>
      scoreOf('cache', text),
    );
    expect(scores).toEqual(scores.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(scores).size).toBe(5);
  });
});

describe('what is listed', () => {
  const commands = [
    command('Overview', { group: 'pages' }),
    command('Events', { group: 'pages' }),
    command('Clear cache…'),
    command('Theme: dark', { also: 'colours' }),
    command('engine-1', { group: 'engines', note: 'Engine behind gluetun1' }),
    ...Array.from({ length: 300 }, (_, n) => command(`event:key:${n}`, { group: 'keys' })),
  ];
  const listed = (typed: string, recent: readonly string[] = []) =>
    chosen(commands, typed, recent).map(({ title, items }) => [title, ...items.map((item) => item.title)]);

  it('without a letter: what was used last, pages and actions; names wait until they are looked for', () => {
    expect(listed('', ['Theme: dark', 'gone', 'Events'])).toEqual([
      ['Recently used', 'Theme: dark', 'Events'],
      ['Go to', 'Overview'],
      ['Actions', 'Clear cache…'],
    ]);
  });

  it('with letters: the group with the best fit first, and no group without one', () => {
    expect(listed('engine')).toEqual([['Engines', 'engine-1']]);
    expect(listed('gluetun')).toEqual([['Engines', 'engine-1']]);
    expect(listed('colours')).toEqual([['Actions', 'Theme: dark']]);
    expect(listed('nothing like it')).toEqual([]);
  });

  it('lists a dozen of a group: more letters find the others', () => {
    const [, keys] = listed('event');
    expect(keys).toHaveLength(13);
    expect(listed('event:key:299')).toEqual([['Cache keys', 'event:key:299']]);
  });

  it('does not hold up typing with 10 000 names', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      command(`user:${n}:engagement:${n}`, { group: 'keys' }),
    );
    const began = performance.now();
    chosen(many, 'eng 99', []);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
