import { useSyncExternalStore } from 'react';

/** The page's tabs in their order. */
export const tabs = { active: 'Active', history: 'History', rules: 'Rules', silences: 'Silences' } as const;
export type TabName = keyof typeof tabs;
export const tabNames = Object.keys(tabs) as readonly TabName[];

const pageHash = '#/alerts';

export function hashOf(tab: TabName): string {
  return tab === 'active' ? pageHash : `${pageHash}/${tab}`;
}

/** The tab an address names by the second part of its fragment; what no tab has is the first. */
export function tabOf(hash: string): TabName {
  return tabNames.find((tab) => hashOf(tab) === hash) ?? 'active';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useTab(): TabName {
  return useSyncExternalStore(subscribe, () => tabOf(window.location.hash));
}

/** Opens a tab, so that Back leads to the one before. */
export function openTab(tab: TabName): void {
  window.location.hash = hashOf(tab);
}
