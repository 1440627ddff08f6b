import type { EntryName } from './wire.ts';

declare global {
  /** Injected at build time (`define` in vite.config.ts). */
  const ENTRY_NAMES: readonly EntryName[];
  const APP_VERSION: string;
}
