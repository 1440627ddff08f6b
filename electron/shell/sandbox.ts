import type { Problems } from '../core/storage/problems.ts';

/**
 * Says that the page runs without Chromium's sandbox where somebody switched it off. The launcher that electron-builder
 * puts into an AppImage does so silently on systems that forbid user namespaces (Ubuntu since 23.10).
 */
export function tellOpenSandbox(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  problems: Pick<Problems, 'report'>,
): void {
  if (!argv.includes('--no-sandbox')) return;
  const text = environment['APPIMAGE']
    ? 'This system does not let an AppImage use it. Install the .deb package, which brings the permission along.'
    : 'It was started with --no-sandbox. Start it without.';
  problems.report({ id: 'sandbox', area: 'settings', title: 'The sandbox of the page is off', text });
}
