import { describe, expect, it } from 'vitest';
import { forEveryone } from '../../../renderer/wallboard/no-secrets.ts';
import { boardState } from '../../../renderer/wallboard/state.ts';
import type { TrayModel } from '../../../shared/contract/app.ts';

const live = { text: 'All 3 sources live', role: 'ok' } as const;
const trayOf = (state: TrayModel['state'], ...lines: TrayModel['lines']): TrayModel => ({
  state,
  tooltip: '',
  lines,
  actions: [],
});
const vpnDown: TrayModel['lines'][number] = { id: 'vpn', text: 'VPN: disconnected · 5 s', state: 'bad' };
const fine: TrayModel['lines'][number] = { id: 'engines', text: 'Engines: 8 of 8', state: 'ok' };

describe('the state of the board', () => {
  it('is one word, with what it complains of', () => {
    const word = (tray: TrayModel | undefined) => {
      const { word, note, role } = boardState({ stopped: false, tray, overall: live });
      return [word, note, role];
    };
    expect(word(trayOf('ok', fine))).toEqual(['All well', 'All 3 sources live', 'ok']);
    expect(word(trayOf('bad', fine, vpnDown))).toEqual(['Trouble', 'VPN: disconnected', 'bad']);
    expect(word(trayOf('attention'))).toEqual(['Attention', 'All 3 sources live', 'attention']);
    expect(word(trayOf('paused', vpnDown))).toEqual(['Paused', 'All 3 sources live', 'neutral']);
    expect(word(undefined)).toEqual(['Waiting', 'All 3 sources live', 'neutral']);
  });

  it.each([
    ['bad', '3 of 3 sources without data', 'Trouble'],
    ['attention', '1 of 3 sources late', 'Attention'],
  ] as const)('is no better than what the page sees itself: %s', (role, text, word) => {
    const state = boardState({ stopped: false, tray: trayOf('ok'), overall: { text, role } });
    expect([state.word, state.note, state.role]).toEqual([word, text, role]);
  });

  it('is unknown once the board stands still, whatever was said before', () => {
    for (const state of ['ok', 'bad', 'paused'] as const) {
      expect(boardState({ stopped: true, tray: trayOf(state), overall: live })).toMatchObject({
        word: 'Unknown',
        role: 'neutral',
      });
    }
  });

  it('has a shape of its own for each word', () => {
    const glyphs = (['ok', 'attention', 'bad', 'paused'] as const).map(
      (state) => boardState({ stopped: false, tray: trayOf(state), overall: live }).glyph,
    );
    expect(new Set(glyphs).size).toBe(4);
  });
});

describe('a text on the wall', () => {
  it.each([
    ['Session of engineer@engineers.example expires', 'Session of e•••@engineers.example expires'],
    ['a@b.example, cc@d.example', 'a•••@b.example, c•••@d.example'],
    ['load @ 90 %', 'load @ 90 %'],
    ['VPN is stale', 'VPN is stale'],
  ])('%s', (text, shown) => {
    expect(forEveryone(text)).toBe(shown);
  });
});
