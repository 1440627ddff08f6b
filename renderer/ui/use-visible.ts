import { useState, useSyncExternalStore } from 'react';

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
  const [held, setHeld] = useState(value);
  if (visible && !Object.is(held, value)) setHeld(value);
  return visible ? value : held;
}
