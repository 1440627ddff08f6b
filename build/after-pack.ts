import { join } from 'node:path';
import { Arch } from 'electron-builder';
import type { AfterPackContext } from 'electron-builder';
import { setFuses } from './fuses.ts';

/** The executable of a packed app; on macOS the .app folder. */
export function packedApp(context: AfterPackContext): string {
  const { appOutDir, electronPlatformName, packager } = context;
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, 'executableName' in packager ? String(packager.executableName) : productFilename);
}

/**
 * electron-builder calls this between packing and signing. Its own `electronFuses` comes with a release of
 * @electron/fuses that knows eight of nine, and does not read back.
 */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const onAppleSilicon = context.electronPlatformName === 'darwin' && context.arch === Arch.arm64;
  await setFuses(packedApp(context), onAppleSilicon);
}
