import { controlDocument } from '../control/stored.ts';
import type { StoredControl } from '../control/stored.ts';
import { openHistoryStore } from '../history/store/history-store.ts';
import type { HistoryStore } from '../history/store/history-store.ts';
import type { CoreOptions } from '../ports.ts';
import { profilesDocument } from '../profiles/stored.ts';
import type { StoredProfiles } from '../profiles/stored.ts';
import { secretsDocument } from '../secrets/sealed-secrets.ts';
import type { StoredSecrets } from '../secrets/sealed-secrets.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { settingsDocument } from '../settings/values.ts';
import { updatesDocument } from '../updates/told-versions.ts';
import type { ToldVersions } from '../updates/told-versions.ts';
import { openDocument } from './document.ts';
import type { StoredDocument } from './document.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/** Everything that is on disk between two runs. */
export interface Stores {
  readonly settings: StoredDocument<Settings>;
  readonly profiles: StoredDocument<StoredProfiles>;
  readonly secrets: StoredDocument<StoredSecrets>;
  readonly control: StoredDocument<StoredControl>;
  readonly updates: StoredDocument<ToldVersions>;
  readonly history: HistoryStore;
  /** Another process holds the folder: nothing in it is to be written. */
  readonly readOnly: boolean;
  close(): void;
}

type StoreOptions = Pick<CoreOptions, 'clock' | 'dataFolder' | 'log' | 'openStore' | 'problems'>;

/** Opens all stores. Whatever is wrong with them is told as a problem, and memory takes their place. */
export function openStores({ clock, dataFolder, log, openStore, problems }: StoreOptions): Stores {
  const lock = lockOf(dataFolder, problems);
  const readOnly = lock?.outcome === 'taken';
  const shared = { folder: dataFolder, clock, problems, openStore, readOnly };
  const history = openHistoryStore({ folder: dataFolder, clock, problems, log, readOnly });
  return {
    settings: openDocument({ ...shared, ...settingsDocument }),
    profiles: openDocument({ ...shared, ...profilesDocument }),
    secrets: openDocument({ ...shared, ...secretsDocument }),
    control: openDocument({ ...shared, ...controlDocument }),
    updates: openDocument({ ...shared, ...updatesDocument }),
    history,
    readOnly,
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
