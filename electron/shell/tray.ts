import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { TrayModel } from '../../shared/contract/app.ts';
import type { Feed } from '../core/feed.ts';
import type { Log } from '../core/log.ts';
import type { RunAction } from './actions.ts';

export type TrayAction = TrayModel['actions'][number]['id'];

export interface TrayNeeds {
  readonly model: Pick<Feed<TrayModel>, 'subscribe'>;
  readonly log: Log;
  readonly createTray: (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  readonly imageFor: (state: TrayModel['state']) => NativeImage;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly run: RunAction;
}

export interface TrayHandle {
  /** Whether there is a tray to come back from. */
  readonly present: boolean;
  destroy(): void;
}

/** Lines in words, then what can be done. */
export function trayTemplate(model: TrayModel, run: RunAction): MenuItemConstructorOptions[] {
  return [
    ...model.lines.map((line) => ({ label: literal(line.text), enabled: false })),
    { type: 'separator' as const },
    ...model.actions.map((action) => actionItem(action, run)),
  ];
}

/** An entry for an action, with a submenu where there is something to choose. */
export function actionItem(
  { id, label, enabled, choices }: TrayModel['actions'][number],
  run: RunAction,
): MenuItemConstructorOptions {
  if (choices.length === 0) return { id, label, enabled, click: () => run(id) };
  const submenu = choices.map((choice) => ({
    id: `${id}-${choice.value}`,
    label: choice.label,
    click: () => run(id, choice.value),
  }));
  return { id, label, enabled, submenu };
}

/** What a backend calls things may hold an ampersand, which menus take for the mark of an access key. */
function literal(text: string): string {
  return text.replaceAll('&', '&&');
}

/** Draws the tray and redraws what changed. Where the desktop refuses a tray, says so once and does without. */
export function startTray(needs: TrayNeeds): TrayHandle {
  const { log } = needs;
  let tray: ReturnType<TrayNeeds['createTray']> | null = null;
  let shown: TrayModel | null = null;
  let shownMenu = '';

  function draw(model: TrayModel): void {
    if (!tray) {
      tray = needs.createTray(needs.imageFor(model.state));
      tray.on('click', () => needs.run('open'));
    } else if (shown?.state !== model.state) tray.setImage(needs.imageFor(model.state));
    if (shown?.tooltip !== model.tooltip) tray.setToolTip(model.tooltip);
    // An open menu closes when it is replaced, so only another text is a reason.
    const menu = JSON.stringify([model.lines.map((line) => line.text), model.actions]);
    if (menu !== shownMenu) tray.setContextMenu(needs.buildMenu(trayTemplate(model, needs.run)));
    shownMenu = menu;
    shown = model;
  }

  let refused = false;
  const stop = needs.model.subscribe(({ value }) => {
    if (refused) return;
    try {
      draw(value);
    } catch (error) {
      refused = true;
      tray = null;
      log.warn(`tray: not available (${error instanceof Error ? error.message : 'no reason given'})`);
    }
  });
  return {
    get present() {
      return tray !== null;
    },
    destroy() {
      stop();
      tray?.destroy();
      tray = null;
    },
  };
}
