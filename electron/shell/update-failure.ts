/**
 * What an error of electron-updater means to the operator, in a sentence. Its own texts carry headers, addresses and
 * stacks; codes are those of electron-updater 6, of Chromium's network and of Node.
 */
export function updateFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = /^HTTP_ERROR_(\d{3})$/.exec(code)?.[1];
  if (status !== undefined) return `The update server answered with an error (${status}).`;
  const network = /net::(ERR_[A-Z_]+)/.exec(message)?.[1] ?? (networkCodes.has(code) ? code : undefined);
  if (network !== undefined) return `The update server could not be reached (${network}).`;
  return sentences[code] ?? 'It failed; the log says why.';
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

const noList = 'The update server has no list of versions for this system.';
const unreadable = 'The update server’s list of versions cannot be read.';
const notAllowed = 'This account may not write where the download belongs.';
const sentences: Readonly<Record<string, string>> = {
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: noList,
  ERR_UPDATER_LATEST_VERSION_NOT_FOUND: noList,
  ERR_UPDATER_NO_PUBLISHED_VERSIONS: noList,
  ERR_UPDATER_INVALID_UPDATE_INFO: unreadable,
  ERR_UPDATER_INVALID_VERSION: unreadable,
  ERR_UPDATER_NO_FILES_PROVIDED: unreadable,
  ERR_UPDATER_NO_CHECKSUM: unreadable,
  ERR_CHECKSUM_MISMATCH:
    'The download is damaged: its checksum is not the published one. It was thrown away.',
  ERR_UPDATER_INVALID_SIGNATURE: 'The download is not signed by who signed this copy. It was thrown away.',
  ENOSPC: 'The disk is full.',
  EACCES: notAllowed,
  EPERM: notAllowed, // what Windows says
};
