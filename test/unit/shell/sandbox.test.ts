import { describe, expect, it } from 'vitest';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { tellOpenSandbox } from '../../../electron/shell/sandbox.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** What the page would be told. */
function told(argv: readonly string[], environment: Record<string, string> = {}): string[] {
  const problems = new Problems(new FakeClock());
  tellOpenSandbox(argv, environment, problems);
  return problems.feed.value.map(({ title, text }) => `${title}. ${text}`);
}

describe('the sandbox', () => {
  it('is not spoken of where it is on', () => {
    expect(told(['/opt/Cachedeck/cachedeck', '--hidden'])).toEqual([]);
  });

  it('is off by the launcher of an AppImage: the package that can have it is named', () => {
    expect(told(['cachedeck', '--no-sandbox'], { APPIMAGE: '/home/op/Cachedeck.AppImage' })).toEqual([
      expect.stringMatching(/^The sandbox of the page is off\. .* Install the \.deb package/),
    ]);
  });

  it('is off by a flag: that is said', () => {
    expect(told(['cachedeck', '--no-sandbox'])).toEqual([expect.stringContaining('Start it without.')]);
  });
});
