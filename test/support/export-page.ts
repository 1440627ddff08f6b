import { fireEvent, screen } from '@testing-library/react';
import { vi } from 'vitest';
import '../../renderer/export/run-export.ts';
import '../../renderer/palette/palette.tsx';
import '../../renderer/pages/cache.tsx';
import '../../renderer/pages/engines.tsx';
import '../../renderer/pages/events.tsx';
import '../../renderer/pages/portal.tsx';
import '../../renderer/pages/sessions.tsx';
import type { Page } from './render-page.tsx';

Element.prototype.scrollIntoView = () => {}; // jsdom lays nothing out, so there is nothing to scroll

/** What the page handed to the browser: each file by its name. */
export interface Downloads {
  readonly names: string[];
  readonly files: Blob[];
  readonly restore: () => void;
}

/** Takes the place of the browser's downloads, which jsdom has none of. */
export function catchDownloads(): Downloads {
  const files: Blob[] = [];
  const names: string[] = [];
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => `blob:${files.push(blob)}`,
    revokeObjectURL: () => {},
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  return { names, files, restore: () => click.mockRestore() };
}

/** Waits for a chunk, and for what follows from it. */
export async function settle(pass: Page['pass']): Promise<void> {
  await pass(50);
  await vi.dynamicImportSettled();
  await pass(300);
}

/** Chooses in the Export menu that is open. */
export async function chooseFormat(name: RegExp, pass: Page['pass']): Promise<void> {
  fireEvent.click(screen.getByRole('menuitem', { name }));
  await settle(pass);
}
