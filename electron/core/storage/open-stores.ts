import { openHistoryStore } from '../history/store/history-store.ts';
import type { HistoryStore } from '../history/store/history-store.ts';
import type { CoreOptions } from '../ports.ts';
import { noProfiles, profilesFormat, storedProfiles } from '../profiles/stored.ts';
import type { StoredProfiles } from '../profiles/stored.ts';
import { noStoredSecrets, secretsFormat, storedSecrets } from '../secrets/sealed-secrets.ts';
import type { StoredSecrets } from '../secrets/sealed-secrets.ts';
import { settings } from '../../../shared/contract/settings.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { defaultSettings } from '../settings/values.ts';
import { openDocument } from './document.ts';
import type { StoredDocument } from './document.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/** Everything that is on disk between two runs. */
export interface Stores {
  readonly settings: StoredDocument<Settings>;
  readonly profiles: StoredDocument<StoredProfiles>;
  readonly secrets: StoredDocument<StoredSecrets>;
  readonly history: HistoryStore;
  close(): void;
}

type StoreOptions = Pick<CoreOptions, 'clock' | 'dataFolder' | 'log' | 'openStore' | 'problems'>;

/** Opens all stores. Whatever is wrong with them is told as a problem, and memory takes their place. */
export function openStores({ clock, dataFolder, log, openStore, problems }: StoreOptions): Stores {
  const lock = lockOf(dataFolder, problems);
  const readOnly = lock?.outcome === 'taken';
  const shared = { folder: dataFolder, clock, problems, openStore, readOnly, migrations: [] };
  const history = openHistoryStore({ folder: dataFolder, clock, problems, log, readOnly });
  return {
    settings: openDocument({
      ...shared,
      name: 'settings',
      area: 'settings',
      schema: settings,
      defaults: defaultSettings,
      format: 1,
    }),
    profiles: openDocument({
      ...shared,
      name: 'profiles',
      area: 'profiles',
      schema: storedProfiles,
      defaults: noProfiles,
      format: profilesFormat,
    }),
    secrets: openDocument({
      ...shared,
      name: 'secrets',
      area: 'secrets',
      schema: storedSecrets,
      defaults: noStoredSecrets,
      format: secretsFormat,
    }),
    history,
    close() {
      history.close();
      if (lock?.outcome === 'held') lock.release();
    },
  };
}

function lockOf(folder: string | null, problems: StoreOptions['problems']): FolderLock | null {
  if (folder === null) return null;
  const lock = lockFolder(folder);
  if (lock.outcome === 'taken') {
    problems.report({
      id: 'storage:taken',
      area: 'settings',
      title: 'Another Cachedeck is using the same folder',
      text: `Settings and profiles are read from ${folder.slice(-600)}; changes and the history of this run are not kept.`,
    });
  }
  return lock;
}
