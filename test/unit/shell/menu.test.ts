import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../../electron/core/feed.ts';
import { menuTemplate, startMenu } from '../../../electron/shell/menu.ts';
import type { TrayModel } from '../../../shared/contract/app.ts';

const actions: TrayModel['actions'] = [
  { id: 'refresh', label: 'Force refresh', enabled: false, choices: [] },
  {
    id: 'pause',
    label: 'Pause',
    enabled: true,
    choices: [
      { value: '15', label: '15 min' },
      { value: 'resumed', label: 'Until resumed' },
    ],
  },
  { id: 'snooze', label: 'Snooze alerts', enabled: true, choices: [{ value: '1h', label: '1 h' }] },
  { id: 'open', label: 'Open Cachedeck', enabled: true, choices: [] },
  { id: 'quit', label: 'Quit', enabled: true, choices: [] },
];

function template(platform: NodeJS.Platform, devTools = false, ran: string[] = []) {
  return menuTemplate({
    platform,
    devTools,
    actions,
    run: (action, choice) => ran.push(choice === undefined ? action : `${action} ${choice}`),
    newWindow: () => ran.push('new window'),
    navigate: (route) => ran.push(route),
    toggleWallboard: () => ran.push('wallboard'),
    openLogs: () => ran.push('logs'),
    resetWindow: () => ran.push('reset'),
  });
}

/** Every item, submenus flattened. */
function items(menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

describe('the native menu', () => {
  it('offers what the tray offers, for desktops without one', () => {
    const ran: string[] = [];
    const all = items(template('linux', false, ran));
    const refresh = all.find(({ label }) => label === 'Force refresh');
    expect(refresh).toMatchObject({ enabled: false, accelerator: 'CmdOrCtrl+Shift+R' });
    for (const label of ['Force refresh', '15 min', 'Until resumed', '1 h', 'Quit']) {
      const item = all.find((each) => each.label === label);
      (item?.click as (() => void) | undefined)?.();
    }
    expect(ran).toEqual(['refresh', 'pause 15', 'pause resumed', 'snooze 1h', 'quit']);
    const keyed = all.filter(({ accelerator }) => accelerator === 'CmdOrCtrl+Shift+P');
    expect(keyed.map(({ label }) => label)).toEqual(['Until resumed']);
  });

  it('zooms in with and without Shift', () => {
    const zoom = items(template('linux')).filter(({ role }) => role === 'zoomIn');
    expect(zoom.map(({ accelerator }) => accelerator)).toEqual(['CmdOrCtrl+=', 'CmdOrCtrl+Plus']);
  });

  it("begins with the system's own app menu on macOS", () => {
    expect(template('darwin')[0]).toEqual({ role: 'appMenu' });
    expect(template('win32')[0]?.label).toBe('File');
    const quits = (platform: NodeJS.Platform) =>
      items(template(platform)).filter(({ label }) => label === 'Quit').length;
    expect([quits('darwin'), quits('win32')]).toEqual([0, 1]);
  });

  it('leads to the pages, to the logs and out of a lost window position', () => {
    const ran: string[] = [];
    const all = items(template('linux', false, ran));
    const press = (label: string): void => {
      const item = all.find((each) => each.label === label);
      (item?.click as (() => void) | undefined)?.();
    };
    for (const label of ['Overview', 'Alerts', 'Events', 'Settings…', 'Open logs', 'Reset window position'])
      press(label);
    expect(ran).toEqual(['#/', '#/alerts', '#/events', '#/settings', 'logs', 'reset']);
    expect(all.find(({ label }) => label === 'Settings…')?.accelerator).toBe('CmdOrCtrl+,');
  });

  it('opens a window by Ctrl or Cmd N and the wallboard by F11, which is nothing else then', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const ran: string[] = [];
      const all = items(template(platform, false, ran));
      const byKey = (key: string) => all.filter(({ accelerator }) => accelerator === key);
      for (const item of [...byKey('CmdOrCtrl+N'), ...byKey('F11')]) {
        (item.click as (() => void) | undefined)?.();
      }
      expect(ran).toEqual(['new window', 'wallboard']);
      const fill = all.find(({ role }) => role === 'togglefullscreen');
      expect(fill?.accelerator).toBe(platform === 'darwin' ? undefined : 'Shift+F11');
    }
  });

  it('has developer tools only where they are switched on', () => {
    const roles = (devTools: boolean) => items(template('linux', devTools)).map(({ role }) => role);
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(true)).toContain('toggleDevTools');
  });

  it('is drawn again only when what can be done changes', () => {
    const base: TrayModel = { state: 'ok', tooltip: '', lines: [], actions };
    const model = new Feed(base);
    const drawn: string[] = [];
    const stop = startMenu(model, (now) => drawn.push(now.map(({ id }) => id).join(' ')));
    model.set({ ...base, tooltip: 'older' });
    model.set({ ...base, actions: [{ id: 'resume', label: 'Resume', enabled: true, choices: [] }] });
    stop();
    model.set(base);
    expect(drawn).toEqual(['refresh pause snooze open quit', 'resume']);
  });
});
