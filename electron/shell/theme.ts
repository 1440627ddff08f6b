import type { BrowserWindow, NativeTheme } from 'electron';
import type { SettingsState } from '../../shared/contract/settings.ts';
import type { Feed } from '../core/feed.ts';
import { backgroundOf } from './window.ts';

/** Makes `prefers-color-scheme`, menus and dialogs follow the setting; called before a window is made. */
export function followTheme(
  settings: Pick<Feed<SettingsState>, 'subscribe'>,
  nativeTheme: Pick<NativeTheme, 'themeSource'>,
): () => void {
  return settings.subscribe(({ value: { values } }) => {
    if (nativeTheme.themeSource !== values.theme) nativeTheme.themeSource = values.theme;
  });
}

/** Keeps the window's own colour that of the page: it shows while the window grows and before the page paints. */
export function paintBackground(
  window: Pick<BrowserWindow, 'setBackgroundColor' | 'once'>,
  nativeTheme: Pick<NativeTheme, 'on' | 'off' | 'shouldUseDarkColors'>,
): void {
  const paint = (): void => window.setBackgroundColor(backgroundOf(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', paint);
  window.once('closed', () => nativeTheme.off('updated', paint));
}
