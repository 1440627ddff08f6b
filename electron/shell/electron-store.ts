import ElectronStore from 'electron-store';
import { storeFile, storeOptions } from '../core/storage/store-file.ts';
import type { OpenStore } from '../core/storage/store-file.ts';

/** Documents of the desktop app. */
export const openElectronStore: OpenStore = ({ folder, name }) =>
  storeFile(new ElectronStore<Record<string, unknown>>({ ...storeOptions, cwd: folder, name }));
