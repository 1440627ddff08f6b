import { useQueryClient } from '@tanstack/react-query';
import { everyAlert } from '../../shared/model/alerts.ts';
import { exportsOnPage } from '../export/near.ts';
import { useActions } from '../frame/actions.tsx';
import { useWindowActions } from '../frame/use-window-actions.ts';
import type { WindowAction } from '../frame/use-window-actions.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { needsWords, useMayOf } from '../live/use-may.ts';
import { saveDocument } from '../settings/save-document.ts';
import { useSay } from '../ui/toasts.tsx';
import type { Command } from './command.ts';

type Action = Omit<Command, 'group'>;

/** What can be done from anywhere. What cannot be undone asks first, as it does by its button. */
export function useActionCommands(invalidate: () => void): readonly Command[] {
  const groups = [usePolling(invalidate), useAlerts(), useAppearance(), useProfiles(), useApp()];
  const mayOf = useMayOf();
  return groups.flat().map((action): Command => {
    const held = action.call === undefined ? null : mayOf(action.call);
    const command = { ...action, group: 'actions' as const };
    return held === null || held.may ? command : { ...command, note: needsWords(held.needs), disabled: true };
  });
}

/** Does something and tells where it did not work. */
function useAttempt(): (what: string, work: () => Promise<unknown>) => void {
  const say = useSay();
  return (what, work) => {
    work().catch((error: unknown) => {
      say(`${what} did not work`, error instanceof Error ? error.message : String(error), 'bad');
    });
  };
}

function usePolling(invalidate: () => void): readonly Action[] {
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const { refresh, togglePause, setRefreshAhead, openDialog } = useActions();
  const polling = useFeed('polling.state');
  const ahead = polling?.refreshAhead ?? false;
  const pauseFor = (minutes: 15 | 60) => (): void =>
    attempt('Pause', async () => {
      await client.call('polling.pause', { minutes });
      await queries.invalidateQueries();
    });
  return [
    {
      id: 'refresh',
      call: 'refresh.force',
      title: 'Force refresh this page',
      also: 'reload',
      shortcut: 'R',
      run: () => refresh(false),
    },
    {
      id: 'refresh all',
      call: 'refresh.force',
      title: 'Force refresh everything',
      also: 'reload all',
      shortcut: 'Shift R',
      run: () => refresh(true),
    },
    ...(polling?.paused
      ? [
          {
            id: 'resume',
            call: 'polling.resume' as const,
            title: 'Resume polling',
            shortcut: 'P',
            run: togglePause,
          },
        ]
      : [
          {
            id: 'pause',
            call: 'polling.pause' as const,
            title: 'Pause polling until resumed',
            shortcut: 'P',
            run: togglePause,
          },
          {
            id: 'pause 15',
            call: 'polling.pause' as const,
            title: 'Pause polling for 15 min',
            run: pauseFor(15),
          },
          {
            id: 'pause 60',
            call: 'polling.pause' as const,
            title: 'Pause polling for 1 h',
            run: pauseFor(60),
          },
        ]),
    {
      id: 'ahead',
      call: 'polling.setRefreshAhead',
      title: ahead ? 'Switch refresh ahead off' : 'Switch refresh ahead on',
      also: 'prefetch',
      run: () => setRefreshAhead(!ahead),
    },
    {
      id: 'clear',
      call: 'cache.clear',
      title: 'Clear cache…',
      shortcut: 'C',
      run: () => openDialog('clear'),
    },
    {
      id: 'invalidate',
      call: 'cache.invalidate',
      title: 'Invalidate by pattern…',
      also: 'remove delete keys cache',
      run: invalidate,
    },
  ];
}

function useAlerts(): readonly Action[] {
  const client = useClient();
  const attempt = useAttempt();
  const say = useSay();
  const silences = useFeed('alerts.state')?.silences ?? [];
  const snooze = (until: '15m' | '1h' | 'morning', words: string): Action => ({
    id: `snooze ${until}`,
    call: 'alerts.snooze',
    title: `Snooze alerts ${words}`,
    also: 'mute notifications',
    run: () =>
      attempt('Snooze', async () => {
        await client.call('alerts.snooze', { key: everyAlert, until });
        say('Alerts are snoozed', 'What happens meanwhile is kept in their history.');
      }),
  });
  return [
    ...(silences.some(({ key }) => key === everyAlert)
      ? [
          {
            id: 'unsnooze',
            call: 'alerts.unsnooze' as const,
            title: 'End the snooze of alerts',
            run: () => attempt('End snooze', () => client.call('alerts.unsnooze', { key: everyAlert })),
          },
        ]
      : [snooze('15m', 'for 15 min'), snooze('1h', 'for 1 h'), snooze('morning', 'until 09:00')]),
    {
      id: 'test notification',
      call: 'alerts.test',
      title: 'Send a test notification',
      also: 'alert',
      run: () => attempt('The test', () => client.call('alerts.test', {})),
    },
  ];
}

function useAppearance(): readonly Action[] {
  const client = useClient();
  const attempt = useAttempt();
  const values = useFeed('settings.state')?.values;
  const themes = [
    ['light', 'light'],
    ['dark', 'dark'],
    ['system', 'as the system'],
  ] as const;
  const density = values?.density === 'compact' ? 'comfortable' : 'compact';
  return [
    ...themes
      .filter(([theme]) => theme !== values?.theme)
      .map(([theme, words]): Action => ({
        id: `theme ${theme}`,
        call: 'settings.change',
        title: `Theme: ${words}`,
        also: 'colours mode',
        run: () => attempt('The change', () => client.call('settings.change', { theme })),
      })),
    {
      id: 'density',
      call: 'settings.change',
      title: `Density: ${density}`,
      also: 'rows',
      run: () => attempt('The change', () => client.call('settings.change', { density })),
    },
  ];
}

function useProfiles(): readonly Action[] {
  const client = useClient();
  const attempt = useAttempt();
  const state = useFeed('profiles.state');
  return (state?.profiles ?? [])
    .filter(({ id }) => id !== state?.active)
    .map(({ id, name, production }) => ({
      id: `profile ${id}`,
      call: 'profiles.activate',
      title: `Switch to profile ${name}`,
      also: 'connect',
      ...(production && { note: 'Production' }),
      run: () => attempt('The switch', () => client.call('profiles.activate', { id })),
    }));
}

/** Found by these words too. */
const windowWords: Readonly<Record<WindowAction['id'], string>> = {
  window: 'open another',
  wallboard: 'open big screen television kiosk',
  'full-screen': 'maximise',
};

function useApp(): readonly Action[] {
  const client = useClient();
  const attempt = useAttempt();
  const say = useSay();
  const info = useAppInfo();
  const windows = useWindowActions();
  const updates = useFeed('updates.state');
  const { openDialog } = useActions();
  const mayLook = ['unknown', 'current', 'available', 'failed'].includes(updates?.stage ?? 'off');
  const ownFiles = info?.capabilities.saveFile ?? false;
  return [
    ...exportsOnPage().map(({ title, open }, index): Action => ({
      id: `export ${title}`,
      title: `Export ${title}…`,
      also: 'csv json png picture copy download save',
      ...(index === 0 && { shortcut: 'E' }),
      movesFocus: true,
      run: open,
    })),
    ...windows.map(({ id, title, run }): Action => ({ id, title, also: windowWords[id], run })),
    {
      id: 'diagnostics',
      call: 'diagnostics.bundle',
      title: ownFiles ? 'Save diagnostics…' : 'Copy diagnostics',
      also: 'support bundle help',
      run: () =>
        attempt('Diagnostics', async () => {
          const bundle = await client.call('diagnostics.bundle', {});
          if (bundle.text === null) return say('Diagnostics', saveDocument(bundle));
          await navigator.clipboard.writeText(bundle.text);
          say(
            'Diagnostics are copied',
            'They name the backends’ addresses; keys and passwords are not in them.',
          );
        }),
    },
    ...(mayLook
      ? [
          {
            id: 'updates',
            call: 'updates.check' as const,
            title: 'Check for updates',
            also: 'newer version upgrade',
            run: () =>
              attempt('The check', async () => {
                await client.call('updates.check', {});
                say('Looking for a newer version', 'Settings, This app, says what came of it.');
              }),
          },
        ]
      : []),
    {
      id: 'keys',
      title: 'Show keyboard shortcuts',
      also: 'help',
      shortcut: '?',
      run: () => openDialog('keys'),
    },
  ];
}
