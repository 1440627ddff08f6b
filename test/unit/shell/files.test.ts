import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder, saveFile } from '../../../electron/shell/files.ts';
import { dialog } from '../../support/electron-stub/index.ts';
import { dialogs } from '../../support/electron-stub/dialog.ts';
import { posix } from '../../support/posix.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-files-'));
  dialogs.saving.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const save = (name: string, text: string): Promise<string | null> =>
  saveFile({ showSaveDialog: (options) => dialog.showSaveDialog({}, options), folder }, name, text);

describe('saving a file', () => {
  it('writes where the person chose', async () => {
    dialogs.saveTo = join(folder, 'chosen.json');
    expect(await save('bundle.json', '{"a":1}')).toBe(dialogs.saveTo);
    expect(readFileSync(dialogs.saveTo, 'utf8')).toBe('{"a":1}');
    expect(dialogs.saving).toEqual([
      { defaultPath: join(folder, 'bundle.json'), filters: [{ name: 'JSON', extensions: ['json'] }] },
    ]);
  });

  // On Windows who may read it is inherited from the folder that was chosen.
  it.runIf(posix)('lets whoever may read any document of theirs read it', async () => {
    dialogs.saveTo = join(folder, 'chosen.json');
    await save('bundle.json', '{"a":1}');
    expect(statSync(dialogs.saveTo).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it('offers a name, never a path, and no filter where there is no extension', async () => {
    dialogs.saveTo = null;
    await save('../../etc/passwd', '');
    expect(dialogs.saving).toEqual([{ defaultPath: join(folder, 'passwd') }]);
  });

  it('writes nothing when they change their mind', async () => {
    dialogs.saveTo = null;
    expect(await save('bundle.json', 'x')).toBeNull();
  });

  it('fails with what the file system says', async () => {
    dialogs.saveTo = join(folder, 'missing', 'bundle.json');
    await expect(save('bundle.json', 'x')).rejects.toThrow(/ENOENT/);
  });
});

describe('opening a folder', () => {
  it("tells the system's reason when it cannot", async () => {
    expect(await openFolder({ openPath: async () => '' }, folder)).toBeNull();
    expect(await openFolder({ openPath: async () => 'No application' }, folder)).toBe('No application');
  });
});
