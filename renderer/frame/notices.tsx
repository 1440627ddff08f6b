import { Popover } from '@base-ui/react/popover';
import { Bell } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Notice } from '../../shared/contract/app.ts';
import { useZone } from '../live/appearance.ts';
import { useFeed } from '../live/feed.ts';
import { timeText } from '../ui/format.ts';
import { Hint } from '../ui/hint.tsx';
import { useSay } from '../ui/toasts.tsx';

const none: readonly Notice[] = [];

function lastId(notices: readonly Notice[]): number {
  return notices.at(-1)?.id ?? -1;
}

/** The bell: what turned stale and what recovered, newest first. New ones are also shown for a moment. */
export function Notices() {
  const feed = useFeed('alerts.notices');
  const notices = feed ?? none;
  useZone();
  const say = useSay();
  const [seen, setSeen] = useState<number | null>(null);
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (!feed) return;
    const from = shown.current;
    shown.current = lastId(feed);
    if (from === null) return setSeen(lastId(feed)); // those of before this page are not news
    for (const notice of feed) {
      if (notice.id > from) say(notice.title, notice.body, notice.kind === 'stale' ? 'attention' : 'ok');
    }
  }, [feed, say]);
  const unread = seen === null ? 0 : notices.filter(({ id }) => id > seen).length;
  return (
    <Popover.Root
      onOpenChange={(open) => {
        if (open) setSeen(lastId(notices));
      }}
    >
      <Hint text="Notices" repeats>
        <Popover.Trigger
          className="icon-button bell"
          aria-label={unread > 0 ? `Notices, ${unread} unread` : 'Notices'}
        >
          <Bell size={16} aria-hidden="true" />
          {unread > 0 && (
            <span className="badge" aria-hidden="true">
              {unread}
            </span>
          )}
        </Popover.Trigger>
      </Hint>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="layer">
          <Popover.Popup className="popup notices">
            <Popover.Title className="popup-title">Notices</Popover.Title>
            {notices.length === 0 && <p className="muted">Nothing turned stale since Cachedeck started.</p>}
            <ul>
              {notices.toReversed().map(({ id, at, kind, title, body }) => (
                <li key={id} data-role={kind === 'stale' ? 'attention' : 'ok'}>
                  <span className="chip-glyph" aria-hidden="true">
                    {kind === 'stale' ? '▲' : '●'}
                  </span>
                  <div>
                    <p className="notice-title">
                      {title} <time>{timeText(at)}</time>
                    </p>
                    <p className="muted">{body}</p>
                  </div>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
