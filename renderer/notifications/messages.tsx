import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { AlertMessage } from '../../shared/contract/alerts.ts';
import { useClient } from '../live/client-context.ts';
import { isAttentive } from '../live/presence.ts';
import { useMay } from '../live/use-may.ts';
import { minuteText } from '../ui/format.ts';
import { useSay, useTell } from '../ui/toasts.tsx';
import type { Told } from '../ui/toasts.tsx';
import { MessageMark } from './message-mark.tsx';
import { canSnooze } from './message-words.ts';
import { followNews, toTell } from './news.ts';
import { followSystemMessages } from './system-notifier.ts';

/** ms that a toast stays: those that ask for a decision longer than those that only tell. */
const stayMs = { info: 10_000, attention: 20_000, bad: 30_000 } as const;

interface Unread {
  /** Messages since the page opened that nobody looked at in the bell. */
  readonly count: number;
  /** They are all in the bell: toasts of them go. */
  readonly markRead: () => void;
}

const UnreadContext = createContext<Unread>({ count: 0, markRead: () => {} });

export function useUnread(): Unread {
  return use(UnreadContext);
}

/** Tells what comes while the page is open: as a toast, or as a notification of the system. */
export function Messages({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const { tell, hush } = useTell();
  const toast = useMessageToast(tell);
  const [count, setCount] = useState(0);
  useEffect(() => followSystemMessages(client), [client]);
  useEffect(
    () =>
      followNews(client, (news) => {
        setCount((before) => before + news.length);
        // Of several tabs and windows only the one that is looked at.
        if (isAttentive()) for (const message of toTell(news, 'toast')) toast(message);
      }),
    [client, toast],
  );
  const unread = useMemo(
    (): Unread => ({
      count,
      markRead: () => {
        setCount(0);
        hush();
      },
    }),
    [count, hush],
  );
  return <UnreadContext value={unread}>{children}</UnreadContext>;
}

/** Shows a message in the page; a newer one with the same tag takes its place. */
function useMessageToast(tell: (told: Told) => void): (message: AlertMessage) => void {
  const snooze = useSnoozeHour();
  const { may } = useMay('alerts.snooze');
  return useCallback(
    (message) => {
      const { severity, title, body, tag, route } = message;
      const open = { label: 'Open', run: () => void (window.location.hash = route) };
      const mute = { label: 'Snooze 1 h', run: () => snooze(message) };
      tell({
        id: `message ${tag}`,
        title,
        body,
        role: severity === 'info' ? 'neutral' : severity,
        mark: <MessageMark message={message} />,
        actions: may && canSnooze(message) ? [open, mute] : [open],
        stayMs: stayMs[severity],
      });
    },
    [tell, snooze, may],
  );
}

function useSnoozeHour(): (message: AlertMessage) => void {
  const client = useClient();
  const say = useSay();
  return useCallback(
    ({ keys, title }) => {
      const snooze = async (): Promise<void> => {
        const [first] = await Promise.all(
          keys.map((key) => client.call('alerts.snooze', { key, until: '1h' })),
        );
        const until = first?.until ?? null;
        const words = until === null ? 'Snoozed' : `Snoozed until ${minuteText(until)}`;
        say(words, `${title}. Nothing more is told of it until then.`);
      };
      snooze().catch((error: unknown) => {
        say('Snooze did not work', error instanceof Error ? error.message : String(error), 'bad');
      });
    },
    [client, say],
  );
}
