import { Popover } from '@base-ui/react/popover';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { resourceTitles } from '../../shared/model/resources.ts';
import { useFeed } from '../live/feed.ts';
import { useActions } from './actions.tsx';
import { itemWords, progressCount, resultLine } from './refresh-words.ts';

/** ms the list stays after a refresh without failures. */
const closeAfterMs = 4000;

const glyphs = { queued: '○', running: '◐', ok: '●', failed: '✕', 'not-reported': '–' } as const;

/** The button, its progress and the list of what each source said. */
export function RefreshButton() {
  const { refresh, refreshResting } = useActions();
  const progress = useFeed('refresh.progress');
  const [open, setOpen] = useState(false);
  const running = progress?.running ?? false;
  const items = progress?.items ?? [];
  const [done, all] = progressCount(items);
  const clean = !running && items.every(({ state }) => state !== 'failed');
  useEffect(() => {
    if (!open || !clean || refreshResting) return;
    const timer = setTimeout(() => setOpen(false), closeAfterMs);
    return () => clearTimeout(timer);
  }, [open, clean, refreshResting]);

  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, { reason }) => {
        if (reason !== 'trigger-press') setOpen(next);
      }}
    >
      <Popover.Trigger
        className="button primary refresh"
        aria-label={
          running
            ? `Refreshing ${done} of ${all}`
            : 'Force refresh (R), with Shift everything with a subscriber'
        }
        aria-busy={running}
        aria-disabled={refreshResting && !running}
        onClick={(event) => {
          setOpen(true);
          if (!running) refresh(event.shiftKey, 'in-place');
        }}
      >
        <RefreshCw size={16} aria-hidden="true" className={running ? 'turning' : undefined} />
        <span>{running ? `Refreshing ${done} of ${all}…` : 'Force refresh'}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="layer">
          <Popover.Popup className="popup refresh-list" initialFocus={false}>
            <Popover.Title className="popup-title">
              {running ? `Refreshing ${done} of ${all}` : 'Last refresh'}
            </Popover.Title>
            {items.length === 0 && <p className="muted">Nothing was refreshed yet.</p>}
            <ul>
              {items.map((item) => (
                <li key={item.key} data-state={item.state}>
                  <span aria-hidden="true" className="chip-glyph">
                    {glyphs[item.state]}
                  </span>
                  <span>{resourceTitles[item.key]}</span>
                  <span className="refresh-said">{itemWords(item)}</span>
                </li>
              ))}
            </ul>
            <p className="refresh-result">
              {running
                ? 'Old values stay until the new ones are here.'
                : progress && items.length > 0 && resultLine(progress)}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
