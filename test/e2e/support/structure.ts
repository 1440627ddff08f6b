import type { Page } from '@playwright/test';

/** How a page is built for those who do not see it. */
export interface Structure {
  readonly firstHeadings: readonly string[];
  /** Headings more than one level below the one before. */
  readonly skippedHeadings: readonly string[];
  readonly namelessTables: readonly string[];
  /** Words in no landmark. */
  readonly outsideLandmarks: readonly string[];
  /** Regions for changes; an `output` beside a control tells its result alone. */
  readonly liveRegions: number;
  /** Animations and transitions that run. */
  readonly moving: number;
}

export async function structure(page: Page): Promise<Structure> {
  return page.evaluate(() => {
    const text = (element: Element): string => element.textContent.trim().slice(0, 60);
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((element) => ({
      level: Number(element.tagName[1]),
      text: text(element),
    }));
    const landmarks = 'main, nav, body header, footer, aside, [role="region"], .skip, [aria-live]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const outside: string[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const isWords = (textContent ?? '').trim() !== '' && parentElement?.checkVisibility() === true;
      if (isWords && !parentElement.closest(`${landmarks}, script, style`)) outside.push(text(parentElement));
    }
    return {
      firstHeadings: headings.filter(({ level }) => level === 1).map((heading) => heading.text),
      skippedHeadings: headings
        .filter(({ level }, index) => level - (headings[index - 1]?.level ?? 0) > 1)
        .map((heading) => heading.text),
      namelessTables: [...document.querySelectorAll('table')]
        .filter(
          (table) =>
            !table.caption && !table.hasAttribute('aria-label') && !table.hasAttribute('aria-labelledby'),
        )
        .map(text),
      outsideLandmarks: outside,
      liveRegions: document.querySelectorAll('[aria-live="polite"]').length,
      moving: document.getAnimations().filter(({ playState }) => playState === 'running').length,
    };
  });
}

/**
 * Controls that cannot be hit within 24 × 24 px around their middle. A link within a sentence is as high as its line,
 * and a box that a label stands for is hit by the label.
 */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const reach = 11; // px are rounded where they are hit
    const isInSentence = (element: Element): boolean =>
      element.matches('a') &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
    const found = [...document.querySelectorAll('a[href], button, input, [role="switch"], [role="tab"]')]
      .filter((element) => element.checkVisibility() && !element.matches('[aria-hidden="true"], .skip'))
      .filter((element) => !isInSentence(element))
      .filter((element) => {
        element.scrollIntoView({ block: 'center', inline: 'center' });
        const { left, top, width, height } = element.getBoundingClientRect();
        const x = left + width / 2;
        const y = top + height / 2;
        const hits = (dx: number, dy: number): boolean => {
          const hit = document.elementFromPoint(x + dx, y + dy);
          return hit !== null && (element.contains(hit) || hit.closest('label')?.contains(element) === true);
        };
        return ![
          [0, -reach],
          [0, reach],
          [-reach, 0],
          [reach, 0],
        ].every(([dx = 0, dy = 0]) => hits(dx, dy));
      })
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
        return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${name}" ${Math.round(width)}×${Math.round(height)}`;
      });
    window.scrollTo(0, 0);
    return found;
  });
}
