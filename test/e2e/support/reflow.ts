import type { Page } from '@playwright/test';

/** What a small window loses; three empty lists are a pass. */
export interface Lost {
  /** Wider than the window, with no scroll bar of its own around it. */
  readonly beyond: readonly string[];
  /** Its own words do not fit into it, and nothing scrolls. */
  readonly cut: readonly string[];
  /** Controls that cannot be brought into view, or lie under something else there. */
  readonly hidden: readonly string[];
}

/** Looks at everything on the page, and brings every control into view as the Tab key does. */
export async function lostContent(page: Page): Promise<Lost> {
  return page.evaluate(() => {
    const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, [tabindex="0"]';
    const name = (element: Element): string => {
      const words = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${words}"`;
    };
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip');
    /** Whether what does not fit can be scrolled to, or is not meant to be seen (a clipped box of 1 px). */
    const isHeld = (element: Element): boolean => {
      for (let around = element.parentElement; around; around = around.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(around);
        if (clipPath !== 'none') return true;
        if (['auto', 'scroll'].includes(overflowX) && around !== document.documentElement) return true;
      }
      return getComputedStyle(element).clipPath !== 'none';
    };
    const all = [...document.querySelectorAll('body *')].filter(isShown);
    const { clientWidth, clientHeight } = document.documentElement;
    const beyond = all
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > clientWidth + 1 || left < -1) && !isHeld(element);
      })
      .map(name);
    const cut = all
      .filter((element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        const hides = overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis';
        return hides && element.scrollWidth > element.clientWidth + 1 && !isHeld(element);
      })
      .map(name);
    const hidden = all
      .filter(
        (element) => element.matches(focusable) && !element.matches('[aria-hidden="true"], [tabindex="-1"]'),
      )
      .filter((element) => {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // as the focus does
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        const x = (Math.max(0, left) + Math.min(clientWidth, right)) / 2;
        const y = (Math.max(0, top) + Math.min(clientHeight, bottom)) / 2;
        const found = document.elementFromPoint(x, y);
        const own = found !== null && (element.contains(found) || found.contains(element));
        return width === 0 || height === 0 || x < 0 || x > clientWidth || y < 0 || y > clientHeight || !own;
      })
      .map(name);
    window.scrollTo(0, 0);
    return { beyond, cut, hidden };
  });
}
