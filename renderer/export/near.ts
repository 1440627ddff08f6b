const offered = 'button[data-export]:not(:disabled)';

/** What the page shown can export, in its order: what each is called by, and the way to its menu. */
export function exportsOnPage(): readonly { readonly title: string; readonly open: () => void }[] {
  return [...document.querySelectorAll<HTMLElement>(`main ${offered}`)].map((button) => ({
    title: button.dataset['export'] ?? '',
    open: () => openMenu(button),
  }));
}

/** Opens the menu of the table or chart that has the focus, or of the first one of the page. False: there is none. */
export function openExportNear(focused: Element | null): boolean {
  const main = document.querySelector('main');
  const button = nearest(focused, main) ?? main?.querySelector<HTMLElement>(offered);
  if (!button) return false;
  openMenu(button);
  return true;
}

/** The one that shares the smallest part of the page with what has the focus. */
function nearest(focused: Element | null, main: Element | null): HTMLElement | null {
  if (!main?.contains(focused)) return null;
  for (let part = focused; part && part !== main; part = part.parentElement) {
    const button = part.querySelector<HTMLElement>(offered);
    if (button) return button;
  }
  return null;
}

/** px at either end of the window where the frame's bars may cover it. */
const bars = 96;

/** The focus goes there first, so that it comes back to it. */
function openMenu(button: HTMLElement): void {
  const { top, bottom } = button.getBoundingClientRect();
  if (top < bars || bottom > window.innerHeight - bars) button.scrollIntoView({ block: 'center' });
  button.focus({ preventScroll: true });
  button.click();
}
