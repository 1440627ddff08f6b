import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../../electron/core/feed.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { followTheme, paintBackground } from '../../../electron/shell/theme.ts';
import { backgrounds } from '../../../electron/shell/window.ts';
import type { SettingsState } from '../../../shared/contract/settings.ts';
import type { Theme } from '../../../shared/model/settings.ts';
import { BrowserWindow } from '../../support/electron-stub/index.ts';

/** A light system. */
class NativeTheme extends EventEmitter {
  changes = 0;
  #source: Theme = 'system';
  get themeSource(): Theme {
    return this.#source;
  }
  set themeSource(source: Theme) {
    this.changes += 1;
    this.#source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

const state = (theme: Theme): SettingsState => ({
  values: { ...defaultSettings, theme },
  overridden: [],
  warnings: [],
});

describe('the theme', () => {
  it('is the stored one at once, so before a window is made', () => {
    const native = new NativeTheme();
    followTheme(new Feed(state('dark')), native);
    expect(native.themeSource).toBe('dark');
  });

  it('follows the setting, and another setting does not touch it', () => {
    const native = new NativeTheme();
    const settings = new Feed(state('system'));
    const stop = followTheme(settings, native);
    settings.set(state('light'));
    settings.set({ ...state('light'), warnings: ['other'] });
    expect([native.themeSource, native.changes]).toEqual(['light', 1]);
    stop();
    settings.set(state('dark'));
    expect(native.themeSource).toBe('light');
  });

  it("gives the window the page's background, whoever changed it", () => {
    const native = new NativeTheme();
    const window = new BrowserWindow({});
    paintBackground(window as never, native as never);
    native.themeSource = 'dark';
    expect(window.backgroundColor).toBe(backgrounds.dark);
    native.themeSource = 'system';
    expect(window.backgroundColor).toBe(backgrounds.light);
    window.emit('closed');
    expect(native.listenerCount('updated')).toBe(0);
  });
});
