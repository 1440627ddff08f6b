import type { Menu as ElectronMenu, MenuItemConstructorOptions, NativeImage } from 'electron';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../../electron/core/feed.ts';
import { startTray } from '../../../electron/shell/tray.ts';
import type { TrayNeeds } from '../../../electron/shell/tray.ts';
import type { TrayModel } from '../../../shared/contract/app.ts';
import { Menu, nativeImage, Tray } from '../../support/electron-stub/index.ts';
import { recordingLog } from '../../support/recording-log.ts';

const live: TrayModel = {
  state: 'ok',
  tooltip: 'Cachedeck: All sources live',
  lines: [{ id: 'vpn', text: 'VPN: Connected · Live', state: 'ok' }],
  actions: [
    { id: 'refresh', label: 'Force refresh', enabled: true, choices: [] },
    { id: 'quit', label: 'Quit', enabled: false, choices: [] },
  ],
};
const stale: TrayModel = {
  ...live,
  state: 'attention',
  tooltip: 'Cachedeck: VPN stale',
  lines: [{ id: 'vpn', text: 'VPN: Stale · 2 min', state: 'attention' }],
};

function drawn(over: Partial<TrayNeeds> = {}) {
  const model = new Feed(live);
  const ran: string[] = [];
  let menus = 0;
  const made: Tray[] = [];
  const { log, lines } = recordingLog();
  const handle = startTray({
    model,
    log,
    run: (action, choice) => ran.push(choice === undefined ? action : `${action} ${choice}`),
    createTray: (image) => {
      const tray = new Tray(image as unknown as ReturnType<typeof nativeImage.createFromPath>);
      made.push(tray);
      return tray as unknown as ReturnType<TrayNeeds['createTray']>;
    },
    imageFor: (state) => nativeImage.createFromPath(state) as unknown as NativeImage,
    buildMenu: (template) => {
      menus += 1;
      return new Menu(template) as unknown as ElectronMenu;
    },
    ...over,
  });
  return { model, ran, made, handle, lines, menus: () => menus };
}

describe('the tray', () => {
  it('shows the state as an icon, the lines in words and what can be done', () => {
    const { made, ran } = drawn();
    const [tray] = made;
    expect(tray?.image.path).toBe('ok');
    expect(tray?.toolTip).toBe('Cachedeck: All sources live');
    expect(tray?.menu?.template.map(({ label, enabled }) => [label, enabled])).toEqual([
      ['VPN: Connected · Live', false],
      [undefined, undefined],
      ['Force refresh', true],
      ['Quit', false],
    ]);
    const item = tray?.menu?.template[2];
    (item?.click as (() => void) | undefined)?.();
    tray?.emit('click');
    expect(ran).toEqual(['refresh', 'open']);
  });

  it('has a submenu where there is something to choose, and shows an ampersand as one', () => {
    const { model, made, ran } = drawn();
    const choices = [
      { value: '15', label: '15 min' },
      { value: 'resumed', label: 'Until resumed' },
    ];
    model.set({
      ...live,
      lines: [{ id: 'vpn', text: 'VPN: Connected · Bosnia & Herzegovina', state: 'ok' }],
      actions: [{ id: 'pause', label: 'Pause', enabled: true, choices }],
    });
    const template = made[0]?.menu?.template ?? [];
    expect(template[0]?.label).toBe('VPN: Connected · Bosnia && Herzegovina');
    const pause = template.at(-1);
    expect(pause).toMatchObject({ id: 'pause', label: 'Pause', enabled: true });
    expect(pause?.click).toBeUndefined();
    const submenu = pause?.submenu as MenuItemConstructorOptions[];
    expect(submenu.map(({ id, label }) => [id, label])).toEqual([
      ['pause-15', '15 min'],
      ['pause-resumed', 'Until resumed'],
    ]);
    for (const { click } of submenu) (click as (() => void) | undefined)?.();
    expect(ran).toEqual(['pause 15', 'pause resumed']);
  });

  it('is redrawn when its text changes and left alone when not', () => {
    const { model, made, menus } = drawn();
    model.set({ ...live });
    expect(menus()).toBe(1);
    model.set(stale);
    expect(menus()).toBe(2);
    expect(made).toHaveLength(1);
    expect(made[0]?.image.path).toBe('attention');
    expect(made[0]?.toolTip).toBe('Cachedeck: VPN stale');
  });

  it('is done without where the desktop refuses one, and that is said once', () => {
    let asked = 0;
    const { model, handle, lines } = drawn({
      createTray: () => {
        asked += 1;
        throw new Error('no panel');
      },
    });
    model.set(stale);
    expect(handle.present).toBe(false);
    expect(asked).toBe(1);
    expect(lines).toEqual(['warn: tray: not available (no panel)']);
    handle.destroy();
  });

  it('is gone after destroy and hears no more', () => {
    const { model, made, handle, menus } = drawn();
    expect(handle.present).toBe(true);
    handle.destroy();
    model.set(stale);
    expect(made[0]?.destroyed).toBe(true);
    expect(handle.present).toBe(false);
    expect(menus()).toBe(1);
    expect(model.listenerCount).toBe(0);
  });
});
