import type { MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { handleClose } from '../../../electron/shell/close.ts';
import type { CloseNeeds } from '../../../electron/shell/close.ts';
import type { CloseChoice } from '../../../shared/model/settings.ts';
import { preventable } from '../../support/electron-stub/app.ts';
import { BrowserWindow } from '../../support/electron-stub/index.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

function closing(setting: CloseChoice, over: Partial<CloseNeeds> = {}) {
  const window = new BrowserWindow({});
  window.show();
  const { log, lines } = recordingLog();
  const questions: MessageBoxOptions[] = [];
  let answer: (response: number, checkboxChecked?: boolean) => void = () => {};
  let quits = 0;
  let stored = setting;
  handleClose(window as never, {
    isLast: () => true,
    trayPresent: () => true,
    quitting: () => false,
    onClose: () => stored,
    remember: (choice) => (stored = choice),
    ask: (options) => {
      questions.push(options);
      return new Promise((resolve) => {
        answer = (response, checkboxChecked = true) => resolve({ response, checkboxChecked });
      });
    },
    quit: () => (quits += 1),
    log,
    ...over,
  });
  const close = (): boolean => {
    const event = preventable({});
    window.emit('close', event);
    return !event.defaultPrevented;
  };
  const say = async (response: number, checked = true): Promise<void> => {
    answer(response, checked);
    await settle();
  };
  return { window, lines, questions, close, say, quits: () => quits, stored: () => stored };
}

describe('closing the window', () => {
  it.each([
    { name: 'hides it where the setting says so', setting: 'tray', tray: true, quits: false, closes: false },
    {
      name: 'ends the app where the setting says so',
      setting: 'quit',
      tray: true,
      quits: false,
      closes: true,
    },
    {
      name: 'ends the app where no tray brings it back',
      setting: 'tray',
      tray: false,
      quits: false,
      closes: true,
    },
    { name: 'never asks where there is no tray', setting: 'ask', tray: false, quits: false, closes: true },
    { name: 'is not held up while quitting', setting: 'ask', tray: true, quits: true, closes: true },
  ] as const)('$name', ({ setting, tray, quits, closes }) => {
    const { window, close, questions } = closing(setting, { trayPresent: () => tray, quitting: () => quits });
    expect(close()).toBe(closes);
    expect(window.visible).toBe(closes);
    expect(questions).toEqual([]);
  });

  it('closes it while another one is open, whatever the setting says, and asks nothing', () => {
    for (const setting of ['ask', 'tray', 'quit'] as const) {
      const { close, questions } = closing(setting, { isLast: () => false });
      expect(close()).toBe(true);
      expect(questions).toEqual([]);
    }
  });

  it('asks the first time, with "don\'t ask again" ticked', () => {
    const { window, close, questions } = closing('ask');
    expect(close()).toBe(false);
    expect(window.visible).toBe(true);
    expect(questions).toEqual([
      expect.objectContaining({
        buttons: ['Keep running in the tray', 'Quit', 'Cancel'],
        cancelId: 2,
        checkboxLabel: "Don't ask again",
        checkboxChecked: true,
      }),
    ]);
  });

  it('goes to the tray on that answer, and from then on without asking', async () => {
    const { window, close, say, stored, questions, quits } = closing('ask');
    close();
    await say(0);
    expect([window.visible, stored(), quits()]).toEqual([false, 'tray', 0]);
    window.show();
    close();
    expect(window.visible).toBe(false);
    expect(questions).toHaveLength(1);
  });

  it('quits on that answer and remembers it', async () => {
    const { close, say, stored, quits } = closing('ask');
    close();
    await say(1);
    expect([stored(), quits()]).toEqual(['quit', 1]);
  });

  it('remembers nothing when the tick is taken away', async () => {
    const { window, close, say, stored } = closing('ask');
    close();
    await say(0, false);
    expect([window.visible, stored()]).toEqual([false, 'ask']);
  });

  it('does nothing on Escape and asks again the next time', async () => {
    const { window, close, say, stored, quits, questions } = closing('ask');
    close();
    await say(2);
    expect([window.visible, stored(), quits()]).toEqual([true, 'ask', 0]);
    close();
    expect(questions).toHaveLength(2);
  });

  it('asks one question however often it is pressed', () => {
    const { close, questions } = closing('ask');
    close();
    close();
    expect(questions).toHaveLength(1);
  });

  it('keeps the window when the tray went away while the question stood', async () => {
    let tray = true;
    const { window, close, say } = closing('ask', { trayPresent: () => tray });
    close();
    tray = false;
    await say(0);
    expect(window.visible).toBe(true);
  });

  it('does as told when the answer cannot be stored, and logs that', async () => {
    const { close, say, quits, lines } = closing('ask', {
      remember: () => {
        throw new Error('disk full');
      },
    });
    close();
    await say(1);
    expect(quits()).toBe(1);
    expect(lines).toEqual(['warn: window: the answer could not be kept (disk full)']);
  });

  it('logs a question that cannot be shown and asks again later', async () => {
    const { window, close, lines } = closing('ask', { ask: () => Promise.reject(new Error('no display')) });
    close();
    await settle();
    close();
    await settle();
    expect(window.visible).toBe(true);
    expect(lines).toHaveLength(2);
  });
});
