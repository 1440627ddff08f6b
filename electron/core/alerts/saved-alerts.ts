import { isDeepStrictEqual } from 'node:util';
import type { AlertHistory } from '../history/store/guarded-alerts.ts';
import type { FrozenProfile } from './alert-list.ts';
import { alertMemory } from './machine/memory.ts';
import type { AlertMemory } from './machine/memory.ts';

/** Where the alerts of a profile are, for the next time it is connected. */
export class SavedAlerts {
  readonly #profileId: string;
  readonly #history: AlertHistory;
  #written: unknown = null;

  constructor(profileId: string, history: AlertHistory) {
    this.#profileId = profileId;
    this.#history = history;
  }

  /** null: nothing that can be used. */
  read(): AlertMemory | null {
    return this.#history.state(this.#profileId, alertMemory);
  }

  /** Writes it if an alert, a snooze or a message that waits is another than before. */
  writeChanges(memory: AlertMemory): void {
    const kept = withoutMoving(memory);
    if (isDeepStrictEqual(kept, this.#written)) return;
    this.#written = kept;
    this.write(memory);
  }

  write(memory: AlertMemory): void {
    this.#history.setState(this.#profileId, memory);
  }

  /** Where the other profiles were left. */
  others(): FrozenProfile[] {
    return this.#history.states(alertMemory).filter(({ profileId }) => profileId !== this.#profileId);
  }
}

/** Without what changes with each load, or with each second in which nothing is judged. */
function withoutMoving({ instances, snoozes, groupDue, rateSpent }: AlertMemory): unknown {
  const still = instances.map((instance) => ({
    ...instance,
    changedAt: 0,
    incident: instance.incident && { ...instance.incident, countFrom: 0 },
  }));
  return { instances: still, snoozes, groupDue, rateSpent };
}
