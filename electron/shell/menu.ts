import type { MenuItemConstructorOptions } from 'electron';
import type { TrayModel } from '../../shared/contract/app.ts';
import type { Feed } from '../core/feed.ts';
import { routes } from './navigate.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import type { RunAction } from './actions.ts';
import { actionItem } from './tray.ts';
import type { TrayAction } from './tray.ts';

export interface MenuNeeds {
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
  readonly actions: TrayModel['actions'];
  readonly run: RunAction;
  readonly newWindow: () => void;
  readonly navigate: (route: PageRoute) => void;
  readonly toggleWallboard: () => void;
  readonly openLogs: () => void;
  readonly resetWindow: () => void;
}

/** By the id of the entry. */
const accelerators: Readonly<Record<string, string>> = {
  refresh: 'CmdOrCtrl+Shift+R',
  'pause-resumed': 'CmdOrCtrl+Shift+P',
  resume: 'CmdOrCtrl+Shift+P',
};
/** What the menu has no place of its own for. */
const ofStatus: readonly TrayAction[] = ['refresh', 'pause', 'resume', 'snooze', 'unsnooze'];

function withAccelerator(item: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const accelerator = accelerators[item.id ?? ''];
  const submenu = Array.isArray(item.submenu) ? { submenu: item.submenu.map(withAccelerator) } : {};
  return { ...item, ...submenu, ...(accelerator ? { accelerator } : {}) };
}

/** The native menu. What the tray offers is here too: some desktops have no tray. */
export function menuTemplate({
  platform,
  devTools,
  actions,
  run,
  newWindow,
  navigate,
  toggleWallboard,
  openLogs,
  resetWindow,
}: MenuNeeds): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const status = actions
    .filter(({ id }) => ofStatus.includes(id))
    .map((action) => withAccelerator(actionItem(action, run)));
  const mac = platform === 'darwin';
  const quit: MenuItemConstructorOptions[] = [
    separator,
    { label: 'Quit', accelerator: 'Ctrl+Q', click: () => run('quit') },
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'New window', accelerator: 'CmdOrCtrl+N', click: newWindow },
        { label: 'Close window', role: 'close' },
        ...(mac ? [] : quit), // there it is in the app menu
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { label: 'Overview', click: () => navigate(routes.overview) },
        { label: 'Alerts', click: () => navigate(routes.alerts) },
        { label: 'Events', click: () => navigate(routes.events) },
        { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => navigate(routes.settings) },
        separator,
        { role: 'reload' },
        ...(devTools ? [{ role: 'toggleDevTools' } as const] : []),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=' }, // the default wants Shift on most keyboards
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+Plus', visible: false, acceleratorWorksWhenHidden: true },
        { role: 'zoomOut' },
        separator,
        { label: 'Wallboard', accelerator: 'F11', click: toggleWallboard },
        // F11 would be this one's, but for macOS.
        { role: 'togglefullscreen', ...(mac ? {} : { accelerator: 'Shift+F11' }) },
      ],
    },
    { label: 'Status', submenu: status },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Open logs', click: openLogs },
        { label: 'Reset window position', click: resetWindow },
        separator,
        { role: 'about' },
      ],
    },
  ];
}

/** Draws the menu now and whenever what can be done changes. Returns the way to stop. */
export function startMenu(
  model: Pick<Feed<TrayModel>, 'subscribe'>,
  draw: (actions: TrayModel['actions']) => void,
): () => void {
  let drawn = '';
  return model.subscribe(({ value: { actions } }) => {
    const text = JSON.stringify(actions);
    if (text !== drawn) draw(actions);
    drawn = text;
  });
}
