import type { Dialog, SaveDialogOptions, Shell } from 'electron';
import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

export interface SaveNeeds {
  /** The native dialog, on the window. */
  readonly showSaveDialog: (options: SaveDialogOptions) => ReturnType<Dialog['showSaveDialog']>;
  /** Where the dialog begins. */
  readonly folder: string;
}

/**
 * Asks where to put a text or picture under `name` and writes it. null: they changed their mind. The file gets the mode
 * of any other document of theirs (0644 as a rule): exports and bundles carry no secrets and are made to be passed on.
 * @throws what the file system says
 */
export async function saveFile(
  { showSaveDialog, folder }: SaveNeeds,
  name: string,
  content: string | Uint8Array,
): Promise<string | null> {
  const extension = extname(name).slice(1);
  const { canceled, filePath } = await showSaveDialog({
    defaultPath: join(folder, basename(name)),
    ...(extension === '' ? {} : { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] }),
  });
  if (canceled || filePath === '') return null;
  await writeFile(filePath, content);
  return filePath;
}

/** Shows a folder in the system's file manager. Resolves with why it could not; null: it did. */
export async function openFolder(shell: Pick<Shell, 'openPath'>, path: string): Promise<string | null> {
  const refusal = await shell.openPath(path);
  return refusal === '' ? null : refusal;
}
