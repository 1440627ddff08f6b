import type { TrayModel } from '../../shared/contract/app.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { forEveryone } from './no-secrets.ts';

/** All that the board shows, in a word. */
export interface BoardState {
  readonly glyph: string;
  readonly role: ChipRole;
  readonly word: string;
  readonly note: string;
}

const words: Readonly<Record<TrayModel['state'], Omit<BoardState, 'note'>>> = {
  ok: { glyph: '●', role: 'ok', word: 'All well' },
  attention: { glyph: '▲', role: 'attention', word: 'Attention' },
  bad: { glyph: '✕', role: 'bad', word: 'Trouble' },
  paused: { glyph: '❚❚', role: 'neutral', word: 'Paused' },
};

/** Ages and "Live" stand in the rows. */
const isFreshness = /^(Live|just now|\d.*)$/;

interface Known {
  readonly stopped: boolean;
  /** What main says of all backends and alerts; undefined: it has not yet. */
  readonly tray: TrayModel | undefined;
  /** What the page says of its own sources. */
  readonly overall: { readonly text: string; readonly role: ChipRole };
}

/** The worst of what main and the page know; what stands still is not known. */
export function boardState({ stopped, tray, overall }: Known): BoardState {
  if (stopped) return { glyph: '?', role: 'neutral', word: 'Unknown', note: 'this board stopped updating' };
  if (!tray) return { glyph: '○', role: 'neutral', word: 'Waiting', note: overall.text };
  if (tray.state === 'paused') return { ...words.paused, note: overall.text };
  // A source of the page can be old before main has said so.
  const fine = tray.state === 'ok';
  if (fine && overall.role === 'bad') return { ...words.bad, note: overall.text };
  if (fine && overall.role === 'attention') return { ...words.attention, note: overall.text };
  const complaint = fine ? undefined : tray.lines.find(({ state }) => state === tray.state)?.text;
  const facts = complaint?.split(' · ').filter((part) => !isFreshness.test(part)) ?? [overall.text];
  return { ...words[tray.state], note: forEveryone(facts.join(' · ')) };
}
