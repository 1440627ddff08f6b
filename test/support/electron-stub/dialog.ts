import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { record } from './calls.ts';

/** What the app asked, and what the person answers: for a test to read and to set. */
export const dialogs = {
  asked: [] as MessageBoxOptions[],
  /** null: the box stays open. */
  answer: null as MessageBoxReturnValue | null,
  saving: [] as SaveDialogOptions[],
  /** Path the person chooses; null: they cancel. */
  saveTo: null as string | null,
};

/** Both forms of Electron's functions: on a window, or on none. */
function optionsOf<T>(first: unknown, second: T | undefined): T {
  return second ?? (first as T);
}

export const dialog = {
  showErrorBox(title: string) {
    record(`dialog.showErrorBox ${title}`);
  },
  showMessageBox(first: unknown, second?: MessageBoxOptions): Promise<MessageBoxReturnValue> {
    const options = optionsOf(first, second);
    record(`dialog.showMessageBox ${options.message}`);
    dialogs.asked.push(options);
    return dialogs.answer ? Promise.resolve(dialogs.answer) : new Promise(() => {});
  },
  async showSaveDialog(first: unknown, second?: SaveDialogOptions): Promise<SaveDialogReturnValue> {
    dialogs.saving.push(optionsOf(first, second));
    return { canceled: dialogs.saveTo === null, filePath: dialogs.saveTo ?? '' };
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showSaveDialog'>;
