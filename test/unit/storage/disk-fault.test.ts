import { expect, test } from 'vitest';
import { diskFault } from '../../../electron/core/storage/disk-fault.ts';

const refused = (code: string): Error => Object.assign(new Error('not shown: /home/op/secret'), { code });

test.each([
  ['the disk is full', ['ENOSPC', 'EDQUOT']],
  ['this account may not write there', ['EACCES', 'EPERM', 'EROFS']],
  ['its folder cannot be made', ['ENOTDIR', 'EEXIST', 'ENOENT']],
  ['something in it cannot be removed', ['ENOTEMPTY']],
  ['another program is using it', ['EBUSY']],
  ['the file system answers EIO', ['EIO']],
])('%s, whatever a system calls it', (sentence, codes) => {
  expect(codes.map((code) => diskFault(refused(code)))).toEqual(codes.map(() => sentence));
});

test('what has no code is told without its text', () => {
  expect(diskFault(new Error('/home/op/secret'))).toBe('the file system answers with an unknown error');
});
