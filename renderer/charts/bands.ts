import type { ChartBand } from '../../shared/contract/charts.ts';
import { spanText } from '../../shared/model/age.ts';
import type { Frame } from './chart-data.ts';

const kinds = ['asleep', 'closed', 'paused', 'cache-off'] as const satisfies readonly ChartBand['kind'][];

export const bandWords: Readonly<Record<ChartBand['kind'], string>> = {
  asleep: 'asleep',
  closed: 'closed',
  paused: 'paused',
  'cache-off': 'cache off',
};

/** The part of each band that is shown, oldest first. */
export function bandsWithin({ from, to, bands }: Pick<Frame, 'from' | 'to' | 'bands'>): ChartBand[] {
  return bands
    .map((band) => ({ ...band, from: Math.max(from, band.from), to: Math.min(to, band.to) }))
    .filter((band) => band.to > band.from);
}

/** What is hatched and for how long, for a legend: "closed 12 min, asleep 3 h 04 min"; null: nothing is. */
export function bandsText(frame: Pick<Frame, 'from' | 'to' | 'bands'>): string | null {
  const shown = bandsWithin(frame);
  const texts = kinds.flatMap((kind) => {
    const ms = shown.filter((band) => band.kind === kind).reduce((sum, { from, to }) => sum + to - from, 0);
    return ms === 0 ? [] : [`${bandWords[kind]} ${spanText(ms)}`];
  });
  return texts.length === 0 ? null : texts.join(', ');
}
