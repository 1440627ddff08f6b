import { isDeepStrictEqual } from 'node:util';
import { settingNames } from '../../../shared/contract/settings.ts';
import type { SettingName, Settings, SettingsState } from '../../../shared/contract/settings.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { Feed } from '../feed.ts';
import type { StoredDocument } from '../storage/document.ts';
import { StoreError } from '../storage/store-file.ts';
import type { EnvironmentSettings } from './environment.ts';
import { withChange } from './values.ts';
import type { SettingsChange } from './values.ts';

type Listener = (values: Settings, changed: readonly SettingName[]) => void;

/** The settings in effect: what the environment says goes before what is stored. */
export class SettingsService {
  readonly state: Feed<SettingsState>;
  readonly #document: StoredDocument<Settings>;
  readonly #environment: EnvironmentSettings;
  readonly #listeners = new Set<Listener>();
  #warningsFor: (values: Settings) => readonly string[] = () => [];

  constructor(document: StoredDocument<Settings>, environment: EnvironmentSettings) {
    this.#document = document;
    this.#environment = environment;
    this.state = new Feed(this.#now());
  }

  get values(): Settings {
    return this.state.value.values;
  }

  /**
   * Changes what is named. Returns the names of the settings whose value in effect is another than before: one that the
   * environment decides is stored and not among them.
   * @throws RpcError `unavailable` when it could not be stored; it counts until the app ends all the same.
   */
  change(change: SettingsChange): SettingName[] {
    const before = this.values;
    let refused: StoreError | null = null;
    try {
      // Also when nothing differs: an earlier try may have failed, and the caller wants it on disk.
      this.#document.set(withChange(this.#document.value, change));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      refused = error;
    }
    this.state.set(this.#now());
    const changed = settingNames.filter((name) => !isDeepStrictEqual(before[name], this.values[name]));
    if (changed.length > 0) for (const listener of this.#listeners) listener(this.values, changed);
    if (refused) throw new RpcError('unavailable', refused.message);
    return changed;
  }

  /**
   * From now on `warningsFor` says what the active profile's times cannot achieve under the settings in effect; what is
   * wrong in the environment stands before it.
   */
  warnOf(warningsFor: (values: Settings) => readonly string[]): void {
    this.#warningsFor = warningsFor;
    this.updateWarnings();
  }

  /** Says anew what the times cannot achieve: something beside the settings has changed. */
  updateWarnings(): void {
    this.state.set(this.#now());
  }

  /** Calls `listener` after each change of a value in effect. Returns the way to stop. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #now(): SettingsState {
    const values = withChange(this.#document.value, this.#environment.values);
    return {
      values,
      overridden: this.#environment.overridden,
      warnings: [...this.#environment.warnings, ...this.#warningsFor(values)],
    };
  }
}
