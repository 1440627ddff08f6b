import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { savePageFile } from '../../../electron/core/files/save-file.ts';
import { saveFile } from '../../../electron/shell/files.ts';
import { dialog } from '../../support/electron-stub/index.ts';
import { dialogs } from '../../support/electron-stub/dialog.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-page-files-'));
  dialogs.saving.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const desktop = {
  saveFile: (name: string, content: string | Uint8Array) =>
    saveFile({ showSaveDialog: (options) => dialog.showSaveDialog({}, options), folder }, name, content),
};

describe('a file of the page', () => {
  it('is written where the operator chose, text as UTF-8', async () => {
    dialogs.saveTo = join(folder, 'a.csv');
    expect(await savePageFile(desktop, { name: 'x.csv', content: 'ä•\r\n', encoding: 'utf8' })).toEqual({
      savedTo: dialogs.saveTo,
    });
    expect(readFileSync(dialogs.saveTo, 'utf8')).toBe('ä•\r\n');
    expect(dialogs.saving).toEqual([
      { defaultPath: join(folder, 'x.csv'), filters: [{ name: 'CSV', extensions: ['csv'] }] },
    ]);
  });

  it('is written byte for byte where it is a picture', async () => {
    dialogs.saveTo = join(folder, 'a.png');
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13]);
    await savePageFile(desktop, { name: 'x.png', content: bytes.toString('base64'), encoding: 'base64' });
    expect(readFileSync(dialogs.saveTo)).toEqual(bytes);
  });

  it('is not written when they change their mind', async () => {
    dialogs.saveTo = null;
    expect(await savePageFile(desktop, { name: 'x.csv', content: '', encoding: 'utf8' })).toEqual({
      savedTo: null,
    });
  });

  test.each(['../x.csv', '/etc/passwd', 'a\\b.csv', '.hidden', 'a\0.csv', 'a:b.csv', '-x', ''])(
    'no name: %j asks nobody',
    async (name) => {
      await expect(savePageFile(desktop, { name, content: '', encoding: 'utf8' })).rejects.toMatchObject({
        code: 'bad-request',
      });
      expect(dialogs.saving).toEqual([]);
    },
  );

  test.each(['abc', 'ab==cd==', 'ä===', '<svg'])('no base64: %j asks nobody', async (content) => {
    await expect(savePageFile(desktop, { name: 'x.png', content, encoding: 'base64' })).rejects.toMatchObject(
      {
        code: 'bad-request',
      },
    );
    expect(dialogs.saving).toEqual([]);
  });

  it('tells why it could not be written, without the path', async () => {
    dialogs.saveTo = join(folder, 'missing', 'a.csv');
    const failed = savePageFile(desktop, { name: 'x.csv', content: '', encoding: 'utf8' });
    await expect(failed).rejects.toMatchObject({ code: 'unavailable' });
    await expect(failed).rejects.not.toThrow(folder);
  });

  it('is the page’s own matter where main has no dialog', async () => {
    await expect(
      savePageFile({ saveFile: null }, { name: 'x.csv', content: '', encoding: 'utf8' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});
