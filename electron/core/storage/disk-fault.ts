/** Why the file system refused, as the second half of a sentence; without paths. */
export function diskFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'with an unknown error';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this account may not write there';
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return 'its folder cannot be made';
    case 'ENOTEMPTY': // in place of the reason, where Node is built with libc++: on macOS, and in Electron everywhere
      return 'something in it cannot be removed';
    case 'EBUSY': // Windows, where an open file can be neither replaced nor removed
      return 'another program is using it';
    default:
      return `the file system answers ${code}`;
  }
}
