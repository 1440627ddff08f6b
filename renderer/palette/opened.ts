import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let opened = false;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Opens or closes the palette of this window. */
export function showPalette(open: boolean): void {
  opened = open;
  for (const listener of listeners) listener();
}

export function isPaletteOpened(): boolean {
  return opened;
}

export function usePaletteOpened(): boolean {
  return useSyncExternalStore(subscribe, isPaletteOpened);
}
