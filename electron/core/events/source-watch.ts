import { spanText } from '../../../shared/model/age.ts';
import { chipOf, isFresh } from '../../../shared/model/freshness.ts';
import type { Failure, Reading } from '../../../shared/model/reading.ts';
import { resourceTitles, verbsOf } from '../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../shared/model/resources.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { EventDraft } from './event-log.ts';
import { FlapGuard, settledText, unstableText } from './flap-guard.ts';

/** What a source is said to be. Late, updating and not yet loaded are no news: the state before them stays. */
type Told = 'live' | 'failing' | 'stale' | 'no-data' | 'not-reported';

const words: Readonly<Record<Told, string>> = {
  live: 'Live',
  failing: 'Failing',
  stale: 'Stale',
  'no-data': 'No data',
  'not-reported': 'Not reported',
};

/** Turns how fresh one source is into events. */
export class SourceWatch {
  readonly #key: WatchedResource;
  readonly #clock: Clock;
  readonly #record: (event: EventDraft) => void;
  readonly #guard: FlapGuard;
  #told: Told | null = null;
  /** When it stopped being live. */
  #awaySince: Stamp | null = null;

  constructor(key: WatchedResource, clock: Clock, record: (event: EventDraft) => void) {
    this.#key = key;
    this.#clock = clock;
    this.#record = record;
    this.#guard = new FlapGuard(clock);
  }

  /** null: nothing is known yet. */
  get told(): Told | null {
    return this.#told;
  }

  /**
   * To be called once a second while not paused.
   * @param watchedFor ms since watching (re)started: neither a pause nor sleep makes a source stale
   */
  tick(reading: Reading<unknown>, watchedFor: number): void {
    const before = this.#told;
    const now = stateOf(reading, watchedFor);
    if (now !== null && now !== before && !(before === 'stale' && now === 'failing')) {
      this.#change(before, now, reading);
    }
    const changes = this.#guard.settled(watchedFor);
    if (changes !== null && this.#told !== null) {
      const text = settledText(resourceTitles[this.#key], words[this.#told], changes, verbsOf(this.#key));
      this.#tell(this.#told === 'live' ? 'info' : 'attention', text);
    }
  }

  #change(before: Told | null, now: Told, reading: Reading<unknown>): void {
    this.#told = now;
    const awayFor = this.#awaySince && spanSince(this.#clock, this.#awaySince);
    if (now === 'live' || now === 'not-reported') this.#awaySince = null;
    else this.#awaySince ??= stamp(this.#clock);
    // Good or absent from the start is told once for all sources.
    if (before === null && (now === 'live' || now === 'not-reported')) return;

    switch (this.#guard.change()) {
      case 'quiet':
        return;
      case 'unstable':
        return this.#tell('attention', unstableText(resourceTitles[this.#key], verbsOf(this.#key)));
      case 'tell':
        return this.#tell(severities[now], changeText(this.#key, before, now, reading, awayFor));
    }
  }

  #tell(severity: EventDraft['severity'], text: Pick<EventDraft, 'title' | 'detail'>): void {
    this.#record({ kind: 'state', severity, subject: this.#key, ...text });
  }
}

const severities: Readonly<Record<Told, EventDraft['severity']>> = {
  live: 'info',
  failing: 'attention',
  stale: 'attention',
  'no-data': 'bad',
  'not-reported': 'info',
};

function stateOf(reading: Reading<unknown>, watchedFor: number): Told | null {
  const age = reading.age === null ? null : Math.min(reading.age, watchedFor);
  const { kind } = chipOf(reading, { age, paused: false });
  switch (kind) {
    case 'failing':
    case 'stale':
    case 'no-data':
    case 'not-reported':
      return kind;
    case 'live':
    case 'updating':
      return isFresh(reading) ? 'live' : null;
    case 'late':
    case 'not-loaded':
    case 'last-session':
    case 'paused':
      return null;
  }
}

function changeText(
  key: WatchedResource,
  before: Told | null,
  now: Told,
  reading: Reading<unknown>,
  awayFor: number | null,
): Pick<EventDraft, 'title' | 'detail'> {
  const title = resourceTitles[key];
  const { is, was } = verbsOf(key);
  const { failure } = reading;
  const good = reading.age === null ? [] : [`Last good value ${spanText(reading.age)} ago.`];
  const facts = [...good, ...triesText(failure)].join(' ') || null;
  switch (now) {
    case 'failing':
      return { title: `${title} ${is} failing`, detail: facts };
    case 'stale':
      return { title: `${title} ${is} stale`, detail: facts };
    case 'no-data':
      return { title: `No data from ${title}`, detail: facts };
    case 'not-reported':
      return { title: `${title} ${is} not reported any more`, detail: null };
    case 'live': {
      const away = awayFor === null ? null : `${awayText(before, was)} for ${spanText(awayFor)}.`;
      return { title: `${title} ${is} live${before === 'no-data' ? '' : ' again'}`, detail: away };
    }
  }
}

const awayWords: Readonly<Record<Exclude<Told, 'no-data'>, string>> = {
  live: 'away',
  failing: 'failing',
  stale: 'away',
  'not-reported': 'not reported',
};

function awayText(before: Told | null, was: string): string {
  return before === 'no-data' ? 'There was no data' : `${was} ${awayWords[before ?? 'live']}`;
}

function triesText(failure: Failure | null): string[] {
  if (!failure) return [];
  const tries = failure.count === 1 ? 'try' : `${failure.count} tries`;
  return [`Last ${tries} failed: ${failure.message}`];
}
