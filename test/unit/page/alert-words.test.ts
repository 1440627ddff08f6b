import { describe, expect, it } from 'vitest';
import { nextText, watchingText } from '../../../renderer/alerts/words.ts';
import { alertOf, ruleOf } from '../../support/alert-world.ts';

const now = Date.UTC(2026, 0, 15, 13, 3, 7);

describe('words about alerts', () => {
  it.each([
    ['fires', 12_000, 'fires in 12 s unless it recovers'],
    ['announces', 4000, 'notifies in 4 s unless it recovers'],
    ['recovers', 9000, 'over in 9 s if it stays good'],
    ['reminds', 1_680_000, 'reminder 2 of 5 in 28 min'],
    ['digest', 3_600_000, 'told in a digest in 1 h 00 min'],
    ['settles', 900_000, 'settled in 15 min if it holds still'],
    ['recovers', -3000, 'over at any moment if it stays good'],
  ] as const)('%s in %d ms: %s', (what, ms, text) => {
    const alert = alertOf({ reminders: { sent: 1, of: 5 }, next: { what, at: now + ms } });
    expect(nextText(alert, now)).toBe(text);
  });

  it('says that the last reminder was sent, and nothing where there never were any', () => {
    expect(nextText(alertOf({ next: null, reminders: { sent: 5, of: 5 } }), 0)).toBe('no further reminder');
    expect(nextText(alertOf({ next: null, reminders: { sent: 0, of: 0 } }), 0)).toBe('');
    expect(nextText(alertOf({ next: null, announcedAt: null }), 0)).toBe('');
  });

  it('counts only rules that are on', () => {
    expect(watchingText([ruleOf({ on: false })])).toBe('No rule is on.');
    expect(watchingText([ruleOf({ rule: 'vpn-down' })])).toBe('Watching 1 rule.');
    expect(watchingText([ruleOf()])).toBe('Watching 1 source.');
    expect(watchingText([ruleOf(), ruleOf({ rule: 'vpn-down' })])).toBe('Watching 1 source and 1 rule.');
  });
});
