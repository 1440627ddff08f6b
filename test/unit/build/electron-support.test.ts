import { describe, expect, it } from 'vitest';
import { electronVersion } from '../../../build/electron-binary.ts';
import { supportOf } from '../../../build/electron-support.ts';

describe('the support of the Electron we ship', () => {
  it.each([
    ['45.4.1', '45.9.0', true],
    ['45.4.1', '47.0.0', true],
    ['45.4.1', '48.0.0', false],
  ])('of %s while %s is the newest: %s', (ours, newest, supported) => {
    expect(supportOf(ours, newest).supported).toBe(supported);
    expect(supportOf(ours, newest).says).toContain(ours);
  });

  it('is asked about the installed version, and about nothing that is no version', () => {
    expect(supportOf(electronVersion(), electronVersion()).supported).toBe(true);
    expect(() => supportOf('45.4.1', 'latest')).toThrow('Not versions');
  });
});
