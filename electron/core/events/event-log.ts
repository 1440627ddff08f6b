import type { ChartMark, EventQuery, LoggedEvent } from '../../../shared/contract/events.ts';
import type { EventKind } from '../../../shared/model/events.ts';
import type { Cancel, Clock } from '../clock.ts';
import { Feed } from '../feed.ts';

const keptLatest = 20;
/** ms: a burst of events is pushed to pages at most this often. */
const pushEvery = 1000;
/** What the contract lets an event carry. */
const longestTitle = 200;
const longestDetail = 1000;

const mostMarks = 200;
/** What explains a step in a chart. */
const markKinds: readonly EventKind[] = [
  'clear',
  'invalidate',
  'refresh',
  'pause',
  'resume',
  'sleep',
  'start',
  'vpn',
  'profile',
];

/** Where events are kept. Ids rise with each event. */
export interface EventStore {
  /** Returns the new event's id. */
  addEvent(event: Omit<LoggedEvent, 'id'> & { readonly span?: number | null }): number;
  /** Newest first. */
  listEvents(query: EventQuery): { readonly events: LoggedEvent[]; readonly more: boolean };
  /** Newest first. */
  latestEvents(count: number): LoggedEvent[];
  /** Moments from `from` up to `to` (UTC ms), oldest first; the title is the label. */
  marks(from: number, to: number, kinds: readonly EventKind[], limit: number): ChartMark[];
}

/** What happened, in a few words; time and profile are added when it is recorded. */
export interface EventDraft extends Pick<LoggedEvent, 'kind' | 'severity' | 'title'> {
  readonly subject?: string | null;
  readonly detail?: string | null;
  /** ms that what it tells of has lasted, for the bands on charts. */
  readonly span?: number | null;
}

export interface EventLogOptions {
  readonly clock: Clock;
  readonly store: EventStore;
  readonly profileName: () => string;
  /** Makes secrets in a text unreadable. */
  readonly clean: (text: string) => string;
}

/** What happened to sources, VPNs and the app itself, kept across restarts. */
export class EventLog {
  /** The last 20, newest first; at most one push a second. */
  readonly latest: Feed<LoggedEvent[]>;
  readonly #options: EventLogOptions;
  #newest: LoggedEvent[];
  #pushed = true;
  #cooling: Cancel | null = null;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.#newest = options.store.latestEvents(keptLatest);
    this.latest = new Feed(this.#newest);
  }

  /**
   * Writes an event down: secrets made unreadable, texts cut to what the contract carries.
   * @param profile the one it happened to; by default the active one
   */
  record(draft: EventDraft, profile: string = this.#options.profileName()): void {
    const { clock, store, clean } = this.#options;
    const { subject = null, detail = null, span = null } = draft;
    const event = {
      at: clock.wall(),
      kind: draft.kind,
      severity: draft.severity,
      profile: clean(profile),
      subject: subject === null ? null : clean(subject),
      title: cut(clean(draft.title), longestTitle),
      detail: detail === null ? null : cut(clean(detail), longestDetail),
    };
    const id = store.addEvent({ ...event, span });
    this.#newest = [{ id, ...event }, ...this.#newest].slice(0, keptLatest);
    this.#pushed = false;
    if (this.#cooling === null) this.#push();
  }

  list(query: EventQuery): { readonly events: LoggedEvent[]; readonly more: boolean } {
    return this.#options.store.listEvents(query);
  }

  /** What a chart from `from` to `to` (UTC ms) marks, at most 200. */
  marks(from: number, to: number): ChartMark[] {
    return this.#options.store.marks(from, to, markKinds, mostMarks);
  }

  /** Ends the pushing; what is recorded from now on is kept all the same. */
  stop(): void {
    this.#cooling?.();
    this.#cooling = () => {};
  }

  #push(): void {
    this.#pushed = true;
    this.latest.set(this.#newest);
    this.#cooling = this.#options.clock.after(pushEvery, () => {
      this.#cooling = null;
      if (!this.#pushed) this.#push();
    });
  }
}

/** Never cuts a character in two. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}
