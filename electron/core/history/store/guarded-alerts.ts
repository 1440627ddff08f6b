import type { z } from 'zod';
import type { AlertRecord } from '../../../../shared/contract/alerts.ts';
import type { Problems } from '../../storage/problems.ts';
import type { AlertPage } from './alert-table.ts';
import type { OpenHistory } from './open-history.ts';

/** What happened to alerts, and where those of each profile are now. No method throws. */
export interface AlertHistory {
  /** Returns the record's id; a negative one, each time another, if it could not be written. */
  add(profileId: string, record: Omit<AlertRecord, 'id'>): number;
  /** Says of a message what became of it. */
  deliver(id: number, delivery: string): void;
  /** Newest first, at most `limit` older than the record `before`; of all profiles. */
  list(before: number | null, limit: number): AlertPage;
  /** What `setState` was given last; null: nothing, or what is stored does not fit, which is told. */
  state<T>(profileId: string, schema: z.ZodType<T>): T | null;
  /** The same of every profile that has one. */
  states<T>(schema: z.ZodType<T>): readonly { readonly profileId: string; readonly state: T }[];
  /** Replaces the state of a profile: all of it or nothing. @param state as JSON can hold it */
  setState(profileId: string, state: unknown): void;
}

interface Guards {
  readonly problems: Problems;
  readonly write: (work: (open: OpenHistory) => void) => void;
  readonly read: <T>(work: (open: OpenHistory) => T, empty: () => T) => T;
}

export class GuardedAlerts implements AlertHistory {
  readonly #guards: Guards;
  #unwritten = 0;

  constructor(guards: Guards) {
    this.#guards = guards;
  }

  add(profileId: string, record: Omit<AlertRecord, 'id'>): number {
    let id: number | null = null;
    this.#guards.write(({ profiles, alerts }) => {
      id = alerts.add(profiles.findOrAdd(profileId), record);
    });
    return id ?? -(this.#unwritten += 1);
  }

  deliver(id: number, delivery: string): void {
    if (id > 0) this.#guards.write(({ alerts }) => alerts.deliver(id, delivery));
  }

  list(before: number | null, limit: number): AlertPage {
    return this.#guards.read(
      ({ alerts }) => alerts.list(before, limit),
      () => ({ records: [], more: false }),
    );
  }

  state<T>(profileId: string, schema: z.ZodType<T>): T | null {
    const text = this.#guards.read<string | null>(
      ({ profiles, alerts }) => alerts.state(profiles.find(profileId)),
      () => null,
    );
    return text === null ? null : this.#parsed(text, schema);
  }

  states<T>(schema: z.ZodType<T>): { profileId: string; state: T }[] {
    const rows = this.#guards.read(
      ({ alerts }) => alerts.states(),
      () => [],
    );
    return rows.flatMap(({ profile, state: text }) => {
      const state = this.#parsed(text, schema);
      return state === null ? [] : [{ profileId: profile, state }];
    });
  }

  setState(profileId: string, state: unknown): void {
    const text = JSON.stringify(state);
    this.#guards.write(({ profiles, alerts }) => alerts.setState(profiles.findOrAdd(profileId), text));
  }

  #parsed<T>(text: string, schema: z.ZodType<T>): T | null {
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    this.#guards.problems.report({
      id: 'history:alert-state',
      area: 'history',
      title: 'Alerts begin anew',
      text: 'What was stored of the alerts of an earlier run cannot be read, so they count as never told: one that is still going on is told again, and snoozes have ended.',
    });
    return null;
  }
}

/** undefined: no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
