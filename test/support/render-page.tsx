import { act, cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { UserEvent } from '@testing-library/user-event';
import { vi } from 'vitest';
import { App } from '../../renderer/app.tsx';
import { worldStart } from './page-world.ts';
import type { ScriptedClient } from './scripted-client.ts';

export interface Page {
  readonly user: UserEvent;
  /** Moves the page's clock and lets replies arrive. */
  readonly pass: (ms: number) => Promise<void>;
}

/** The pages that come when asked for: from the disk now, so that no test waits for it. */
const chunksLoaded = Promise.all([
  import('../../renderer/pages/alerts.tsx'),
  import('../../renderer/pages/events.tsx'),
  import('../../renderer/pages/first-run.tsx'),
  import('../../renderer/pages/settings.tsx'),
  import('../../renderer/pages/wallboard.tsx'),
]);

/** The real app on a scripted client and a clock that moves only when told. Call `closePage` afterwards. */
export async function openPage(client: ScriptedClient): Promise<Page> {
  await chunksLoaded;
  vi.useFakeTimers({ now: worldStart });
  // Testing Library drives fake timers only where it finds this name.
  vi.stubGlobal('jest', { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  const pass = async (ms: number): Promise<void> => {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  };
  const user = userEvent.setup({ advanceTimers: async (ms) => vi.advanceTimersByTimeAsync(ms) });
  render(<App client={client} />);
  await pass(150); // changes are gathered for a moment before they are drawn
  return { user, pass };
}

/** Goes where a link with this fragment leads, and waits for the page's chunk. */
export async function goToHash(hash: string, pass: Page['pass']): Promise<void> {
  window.location.hash = hash;
  act(() => void window.dispatchEvent(new HashChangeEvent('hashchange'))); // its own comes later, by a real timer
  await pass(50);
  await vi.dynamicImportSettled();
  await pass(50); // draws the page, which then asks
  await pass(150);
}

export function closePage(): void {
  cleanup();
  localStorage.clear();
  vi.runOnlyPendingTimers(); // the next page starts with nothing gathered
  vi.unstubAllGlobals();
  vi.useRealTimers();
}
