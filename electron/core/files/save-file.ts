import { RpcError } from '../../../shared/rpc/wire.ts';
import type { CoreOptions } from '../ports.ts';
import { diskFault } from '../storage/disk-fault.ts';

interface Content {
  readonly name: string;
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

/** A name alone: no folder, nothing hidden, nothing that a file system reads as more than letters. */
const fileName = /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Asks the operator where to put a file of the page's, and writes it. `savedTo` null: they chose no place.
 * @throws `conflict` where the page saves by itself; `bad-request` for a path in place of a name, or for what is no
 *   base64; `unavailable` with the reason when the file system refuses
 */
export async function savePageFile(
  { saveFile }: Pick<CoreOptions, 'saveFile'>,
  { name, content, encoding }: Content,
): Promise<{ savedTo: string | null }> {
  if (!saveFile) throw new RpcError('conflict', 'This host leaves saving files to the page.');
  if (!fileName.test(name)) throw new RpcError('bad-request', 'This is no name of a file.');
  if (encoding === 'base64' && (content.length % 4 !== 0 || !base64.test(content)))
    throw new RpcError('bad-request', 'The picture did not come whole.');
  try {
    const bytes = encoding === 'base64' ? Buffer.from(content, 'base64') : content;
    return { savedTo: await saveFile(name, bytes) };
  } catch (error) {
    throw new RpcError('unavailable', `The file was not written: ${diskFault(error)}.`);
  }
}
