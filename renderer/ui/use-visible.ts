import { useRef, useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/** Whether anyone can see the page. */
export function useVisible(): boolean {
  return useSyncExternalStore(subscribe, () => !document.hidden);
}

/** The value, held while the page is hidden: hidden windows keep polling, only their drawing pauses. */
export function useWhileVisible<T>(value: T): T {
  const visible = useVisible();
  const shown = useRef(value);
  if (visible) shown.current = value;
  return shown.current;
}
