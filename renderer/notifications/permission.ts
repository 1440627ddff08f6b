import { useSyncExternalStore } from 'react';

/** Whether this browser shows notifications of ours. `unsupported`: it has none, or none for this address. */
export type Permission = NotificationPermission | 'unsupported';

const listeners = new Set<() => void>();
let watched = false;

export function notificationPermission(): Permission {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

function changed(): void {
  for (const listener of listeners) listener();
}

/** It is also given and taken in the browser's own settings, while the page is open. */
function watch(): void {
  if (watched || !('permissions' in navigator)) return;
  watched = true;
  navigator.permissions.query({ name: 'notifications' }).then(
    (status) => status.addEventListener('change', changed),
    () => {}, // a browser that cannot tell changes: the state is read again with each draw
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  watch();
  return () => void listeners.delete(listener);
}

export function useNotificationPermission(): Permission {
  return useSyncExternalStore(subscribe, notificationPermission);
}

/** Lets the browser ask the operator: only after a click, or it does not ask at all. */
export async function askPermission(): Promise<void> {
  try {
    await Notification.requestPermission();
  } finally {
    changed();
  }
}
