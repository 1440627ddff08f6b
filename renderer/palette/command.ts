import type { CallName } from '../../shared/rpc/client.ts';

export const groupTitles = {
  recent: 'Recently used',
  pages: 'Go to',
  actions: 'Actions',
  engines: 'Engines',
  streams: 'Streams',
  keys: 'Cache keys',
  users: 'Users',
} as const;
export type GroupName = keyof typeof groupTitles;

/** Something the palette can do or show. */
export interface Command {
  /** Steady between two openings. */
  readonly id: string;
  readonly group: Exclude<GroupName, 'recent'>;
  readonly title: string;
  /** Found by these words too: "Dark" by "theme". */
  readonly also?: string;
  /** What tells it from others of its name. */
  readonly note?: string;
  /** The key that does the same, as operators read it. */
  readonly shortcut?: string;
  /** It puts the focus somewhere itself: the focus does not go back to where it was. */
  readonly movesFocus?: boolean;
  /** What it asks main for: not everybody may. */
  readonly call?: CallName;
  /** Listed with the reason as its note, and not run. */
  readonly disabled?: boolean;
  /** Runs once the palette has closed. */
  readonly run: () => void;
}

export interface CommandGroup {
  readonly name: GroupName;
  readonly title: string;
  readonly items: readonly Command[];
}
