import { useEffect } from 'react';

/** Keeps the screen from going dark while this is drawn and the page is visible, where the browser can. */
export function useScreenOn(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return; // on plain http from another machine
    const { wakeLock } = navigator;
    let held: WakeLockSentinel | null = null;
    let left = false;

    async function hold(): Promise<void> {
      const lock = await wakeLock.request('screen');
      if (left) return lock.release();
      held = lock;
    }
    function keep(): void {
      if (document.visibilityState !== 'visible' || held?.released === false) return;
      // A battery saver may refuse: the board is as good on a screen that goes dark, and there is nobody to tell.
      hold().catch(() => {});
    }
    keep();
    document.addEventListener('visibilitychange', keep); // a page that is hidden loses it
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', keep);
      void held?.release();
    };
  }, []);
}
