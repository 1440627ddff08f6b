import { Popover } from '@base-ui/react/popover';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { AppInfo } from '../../shared/contract/app.ts';
import { useZone } from '../live/appearance.ts';
import { useFeed } from '../live/feed.ts';
import { MessageMark } from '../notifications/message-mark.tsx';
import { toldText } from '../notifications/message-words.ts';
import { useUnread } from '../notifications/messages.tsx';
import { PermissionHint } from '../notifications/permission-hint.tsx';
import { useNotificationPermission } from '../notifications/permission.ts';
import { Hint } from '../ui/hint.tsx';

/** The bell: what was told of alerts, newest first, and how. */
export function Notices({ info }: { readonly info: AppInfo | undefined }) {
  const messages = useFeed('alerts.messages') ?? [];
  const { count, markRead } = useUnread();
  const [open, setOpen] = useState(false);
  useZone();
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        markRead();
      }}
    >
      <Hint text="Notices" repeats>
        <Popover.Trigger
          className="icon-button bell"
          aria-label={count > 0 ? `Notices, ${count} unread` : 'Notices'}
        >
          <Bell size={16} aria-hidden="true" />
          {count > 0 && (
            <span className="badge" aria-hidden="true">
              {count}
            </span>
          )}
        </Popover.Trigger>
      </Hint>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="layer">
          <Popover.Popup className="popup notices">
            <div className="notices-head">
              <Popover.Title className="popup-title">Notices</Popover.Title>
              <a href="#/alerts" onClick={() => setOpen(false)}>
                Open Alerts
              </a>
            </div>
            {info?.host === 'browser' && <BrowserHint />}
            {messages.length === 0 && <p className="muted">Nothing was told since Cachedeck started.</p>}
            <ul>
              {messages.toReversed().map((message) => (
                <Notice key={`${message.at} ${message.id}`} message={message} />
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The browser may not be allowed to show what the settings want shown. */
function BrowserHint() {
  const wanted = useFeed('settings.state')?.values.systemNotifications ?? false;
  const permission = useNotificationPermission();
  return wanted ? <PermissionHint permission={permission} /> : null;
}

function Notice({ message }: { readonly message: AlertMessage }) {
  const { title, body } = message;
  return (
    <li>
      <MessageMark message={message} />
      <p className="notice-title">{title}</p>
      <p>{body}</p>
      <p className="muted notice-told">{toldText(message)}</p>
    </li>
  );
}
