import Conf from 'conf';
import { storeFile, storeOptions } from '../core/storage/store-file.ts';
import type { OpenStore } from '../core/storage/store-file.ts';

/** Documents of the browser host: `conf`, which electron-store stands on. */
export const openConfStore: OpenStore = ({ folder, name }) =>
  storeFile(new Conf<Record<string, unknown>>({ ...storeOptions, cwd: folder, configName: name }));
