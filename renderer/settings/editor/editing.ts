import { useCallback, useEffect, useRef, useState } from 'react';

export const settingsHash = '#/settings';
const editorHash = `${settingsHash}/profile/`;

/** Stands for a profile that is not stored yet; no id is so short. */
export const newProfile = 'new';
/** The same on the first page, whose form is another one. */
export const firstProfile = 'first';

/** The profile that the page's address opens for editing; null: none. */
export function useEdited(): string | null {
  // Kept, not read anew at each drawing: an address that `useStay` is about to take back must not count.
  const [edited, setEdited] = useState(editedNow);
  useEffect(() => {
    const onChange = (): void => setEdited(editedNow());
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return edited;
}

function editedNow(): string | null {
  const { hash } = window.location;
  if (!hash.startsWith(editorHash)) return null;
  try {
    return decodeURIComponent(hash.slice(editorHash.length));
  } catch {
    return null; // an address that was typed; no profile has it
  }
}

/** Opens the editor, so that Back closes it. */
export function edit(id: string): void {
  window.location.hash = `${editorHash}${encodeURIComponent(id)}`;
}

/** Told one after the other, the first before the page could be drawn for the new address. */
const moves = ['popstate', 'hashchange'] as const;

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
    const onMove = (event: Event): void => {
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
    for (const name of moves) window.addEventListener(name, onMove, { capture: true });
    window.addEventListener('beforeunload', onUnload);
    return () => {
      for (const name of moves) window.removeEventListener(name, onMove, { capture: true });
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [unsaved, onLeaving]);
  return useCallback((hash: string) => {
    free.current = true;
    window.location.replace(hash); // Back from there must not open the editor again
  }, []);
}
