/**
 * Small choices of this window that its next start needs before anything is heard from main. Storage may be refused or
 * full: then they last as long as the page.
 */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`cachedeck.${name}`, value);
  } catch {
    return; // nothing depends on it
  }
}

/** What was remembered; null: nothing, or it cannot be read. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`cachedeck.${name}`);
  } catch {
    return null;
  }
}
