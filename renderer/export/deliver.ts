import { maxSavedContent } from '../../shared/model/files.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { download } from '../ui/download.ts';

export interface ExportedFile {
  readonly name: string;
  /** Of a picture, as base64. */
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
  readonly type: string;
}

/**
 * Gives a file to the operator: by main's own dialog where it has one, else as a download of the page.
 * @returns where it went, as a sentence; null: they chose no place
 * @throws what main says, or that the file is too large for its dialog
 */
export async function deliver(client: Client, file: ExportedFile): Promise<string | null> {
  const { name, content, encoding, type } = file;
  const { capabilities } = await client.call('app.info', {});
  if (!capabilities.saveFile) return download(name, encoding === 'utf8' ? content : bytesOf(content), type);
  if (content.length > maxSavedContent)
    throw new Error('The file would be larger than 20 MB. Narrow the filter or the time shown.');
  const { savedTo } = await client.call('files.save', { name, content, encoding });
  return savedTo === null ? null : `Saved to ${savedTo}.`;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
