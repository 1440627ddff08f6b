import type { Ribbons } from '../../../shared/contract/app.ts';
import { chipOf } from '../../../shared/model/freshness.ts';
import type { ChipKind } from '../../../shared/model/freshness.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import { Feed } from '../feed.ts';

const kept = 60;
type Cell = Ribbons['cells'][WatchedResource][number];

const cellOf: Readonly<Record<ChipKind, Cell>> = {
  'not-reported': 'unsupported',
  'not-loaded': 'none',
  'no-data': 'none',
  paused: 'paused',
  stale: 'stale',
  failing: 'failing',
  late: 'late',
  updating: 'live',
  live: 'live',
  'last-session': 'none',
};

/** How fresh each watched resource was at each of the last 60 ticks. */
export class RibbonLog {
  readonly feed: Feed<Ribbons>;

  constructor(intervalMs: number) {
    this.feed = new Feed(noCells(intervalMs));
  }

  /** Starts anew: a cell stands for one interval, and those of another would be shown at the wrong time. */
  set intervalMs(intervalMs: number) {
    if (intervalMs !== this.feed.value.intervalMs) this.feed.set(noCells(intervalMs));
  }

  /** @param at the tick, UTC ms */
  add(at: number, read: (key: WatchedResource) => Reading<unknown>, paused: boolean): void {
    const { cells, intervalMs } = this.feed.value;
    const next = { ...cells };
    for (const key of watchedResources) {
      const reading = read(key);
      const chip = chipOf(reading, { age: reading.age, paused });
      next[key] = [...cells[key], cellOf[chip.kind]].slice(-kept);
    }
    this.feed.set({ cells: next, endsAt: at, intervalMs });
  }
}

function noCells(intervalMs: number): Ribbons {
  return {
    cells: { 'stats:total': [], 'orchestrator:status': [], 'vpn:status': [] },
    endsAt: null,
    intervalMs,
  };
}
