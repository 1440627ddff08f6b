import { constants, copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Why a file was set aside, as it stands in its new name. */
export type AsideMark = 'corrupt' | 'newer';

/**
 * Moves or copies `<folder>/<file>` to `<base>.<mark>-<time>.<extension>` in the same folder, never over another file.
 * @param at UTC ms
 * @returns the new name, without the folder
 * @throws what the file system says; then the file is where it was.
 */
export function setAside(
  how: 'move' | 'copy',
  folder: string,
  file: string,
  mark: AsideMark,
  at: number,
): string {
  const dot = file.lastIndexOf('.');
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const named = (suffix: string) => `${file.slice(0, dot)}.${mark}-${time}${suffix}${file.slice(dot)}`;
  let name = named('');
  for (let count = 2; existsSync(join(folder, name)); count += 1) name = named(`-${count}`);
  if (how === 'move') renameSync(join(folder, file), join(folder, name));
  else copyFileSync(join(folder, file), join(folder, name), constants.COPYFILE_EXCL);
  return name;
}
