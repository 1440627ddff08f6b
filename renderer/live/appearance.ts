import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { showTimesIn } from '../ui/format.ts';
import { remember, remembered } from './remembered.ts';

type Appearance = Pick<Settings, 'theme' | 'density' | 'timeZone'>;

let zone = 'system';
const listeners = new Set<() => void>();

function changeZone(timeZone: string): void {
  if (timeZone === zone) return;
  zone = timeZone;
  showTimesIn(timeZone);
  for (const listener of listeners) listener();
}

/** Puts the zone of the last visit to use. Its theme and density are there before the page is: `first-paint.js`. */
export function restoreZone(): void {
  changeZone(remembered('timeZone') ?? 'system');
}

/**
 * Gives the document the theme, density and zone that the settings have, now and whenever they change, and keeps them
 * for the next start. Returns the way to stop.
 */
export function followAppearance(client: Client): () => void {
  return client.subscribe('settings.state', ({ values }) => apply(values));
}

function apply({ theme, density, timeZone }: Appearance): void {
  const { dataset } = document.documentElement;
  dataset['theme'] = theme;
  dataset['density'] = density;
  remember('theme', theme);
  remember('density', density);
  remember('timeZone', timeZone);
  changeZone(timeZone);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The setting of the zone in use: what shows times draws again when it changes. */
export function useZone(): string {
  return useSyncExternalStore(subscribe, () => zone);
}
