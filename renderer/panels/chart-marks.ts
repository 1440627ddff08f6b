import type { HitRateHistory } from '../../shared/contract/cache.ts';

type Mark = HitRateHistory['marks'][number];

/** px left and right of the plot, the same in all charts so that their times line up. */
export const plot = { left: 46, right: 8 } as const;
/** px a label takes at most. */
const labelPx = 68;

/** Glyph and word of each kind: short, because a chart is narrow. Events tell the whole. */
const words: Readonly<Record<Mark['kind'], string>> = {
  state: '◆ state',
  vpn: '⇅ VPN',
  refresh: '↻ refresh',
  clear: '∅ cleared',
  invalidate: '⊖ removed',
  pause: '❚❚ paused',
  resume: '► resumed',
  sleep: '☾ sleep',
  start: '△ start',
  stop: '■ stop',
  profile: '⇄ profile',
  settings: '≡ settings',
  action: '→ action',
  demo: '◇ demo',
  problem: '! problem',
  update: '↑ update',
  warming: '∴ warmed',
};

export interface PlacedMark {
  readonly at: number;
  readonly kind: Mark['kind'];
  /** Empty where a newer mark's label stands in the way. */
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The marks inside the time shown; labels keep apart and inside the plot, newer ones first. */
export function placeMarks(
  marks: readonly Mark[],
  [from, to]: readonly [number, number],
  width: number,
): readonly PlacedMark[] {
  const inner = width - plot.left - plot.right;
  let free = Number.POSITIVE_INFINITY;
  return marks
    .filter(({ at }) => at >= from && at <= to)
    .toReversed()
    .map(({ at, kind }) => {
      const x = ((at - from) / Math.max(1, to - from)) * inner;
      const anchor = x > inner - labelPx / 2 ? 'end' : x < labelPx / 2 ? 'start' : 'middle';
      const right = anchor === 'end' ? x : anchor === 'start' ? x + labelPx : x + labelPx / 2;
      const fits = right <= free;
      if (fits) free = right - labelPx;
      return { at, kind, text: fits ? words[kind] : '', anchor };
    });
}
