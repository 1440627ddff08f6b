import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';

export const settingsHash = '#/settings';
const editorHash = `${settingsHash}/profile/`;

/** Stands for a profile that is not stored yet; no id is so short. */
export const newProfile = 'new';

/** The profile that the page's address opens for editing; null: none. */
export function useEdited(): string | null {
  return useSyncExternalStore(subscribe, () => {
    const { hash } = window.location;
    return hash.startsWith(editorHash) ? decodeURIComponent(hash.slice(editorHash.length)) : null;
  });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Opens the editor, so that Back closes it. */
export function edit(id: string): void {
  window.location.hash = `${editorHash}${encodeURIComponent(id)}`;
}

/**
 * While `unsaved`, keeps the page where it is and tells `onLeaving` where it was about to go: Back, a link, a menu.
 * Closing the window or loading it anew makes the browser ask.
 * @returns goes to an address of the page without being kept
 */
export function useStay(unsaved: boolean, onLeaving: (hash: string) => void): (hash: string) => void {
  const free = useRef(false);
  useEffect(() => {
    if (!unsaved) return;
    const own = window.location.hash;
    const onHash = (event: HashChangeEvent): void => {
      const { hash } = window.location;
      if (free.current || hash === own) return;
      // Before anyone else hears of it: the page under the editor must not change.
      event.stopImmediatePropagation();
      window.history.pushState(null, '', own);
      onLeaving(hash);
    };
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (!free.current) event.preventDefault();
    };
    window.addEventListener('hashchange', onHash, { capture: true });
    window.addEventListener('beforeunload', onUnload);
    return () => {
      window.removeEventListener('hashchange', onHash, { capture: true });
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [unsaved, onLeaving]);
  return useCallback((hash: string) => {
    free.current = true;
    window.location.hash = hash;
  }, []);
}
