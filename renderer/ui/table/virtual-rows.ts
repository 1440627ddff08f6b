import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect } from 'react';
import type { RefObject } from 'react';
import type { Density } from '../../../shared/model/settings.ts';
import { useFeed } from '../../live/feed.ts';

/** Up to this many rows are all drawn: the browser's own search finds them, and nothing is computed. */
const drawnWhole = 200;
/** Rows drawn beyond what is seen, so that a fast scroll shows no blank. */
const overscan = 12;
/** px of a row, as the styles' `--row`. */
const rowHeights: Readonly<Record<Density, number>> = { comfortable: 36, compact: 28 };

export interface VirtualRows {
  /** The rows to draw: `from` included, `to` not. */
  readonly from: number;
  readonly to: number;
  /** px of the rows left out before and after them. */
  readonly before: number;
  readonly after: number;
  readonly scrollTo: (index: number) => void;
}

/** Which rows of a long table are drawn. All rows have one height, that of `--row`. */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, count: number): VirtualRows {
  const height = rowHeights[useFeed('settings.state')?.values.density ?? 'comfortable'];
  const whole = count <= drawnWhole;
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    enabled: !whole,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => height, [height]),
    overscan,
    // The head stands above the first row, and stays.
    scrollMargin: height,
    scrollPaddingStart: height,
  });
  const { measure } = virtualizer;
  useLayoutEffect(() => measure(), [height, measure]);
  const scrollTo = useCallback(
    (index: number) => {
      if (!whole) virtualizer.scrollToIndex(index);
    },
    [virtualizer, whole],
  );
  if (whole) return { from: 0, to: count, before: 0, after: 0, scrollTo };
  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  return { from, to, before: from * height, after: Math.max(0, count - to) * height, scrollTo };
}
