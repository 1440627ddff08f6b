import type { AlertRecord } from '../../../shared/contract/alerts.ts';
import { everyAlert } from '../../../shared/model/alerts.ts';
import type { AlertHistory } from '../history/store/guarded-alerts.ts';
import type { Transition } from './types.ts';
import type { WordSources } from './words/facts.ts';
import { silenceTitle } from './words/names.ts';
import { recordText } from './words/record.ts';

interface RecordsOptions {
  readonly profile: { readonly id: string; readonly name: string };
  readonly history: AlertHistory;
  /** Makes secrets unreadable: what a server calls its VPNs may be in a text. */
  readonly clean: (text: string) => string;
}

type Line = Pick<AlertRecord, 'at' | 'kind' | 'severity' | 'keys' | 'title' | 'detail'>;

/** Writes down what happens to a profile's alerts; messages are written by whoever delivers them. */
export class AlertRecords {
  readonly #options: RecordsOptions;

  constructor(options: RecordsOptions) {
    this.#options = options;
  }

  /** @param at UTC ms */
  transition(transition: Transition, words: WordSources, at: number): void {
    const { key, kind } = transition;
    this.#add({ at, kind, keys: [key], ...recordText(transition, words) });
  }

  /**
   * @param until as a time of day; null: until the alert recovers
   * @param at UTC ms
   */
  snoozed(key: string, until: string | null, at: number): void {
    const detail = until === null ? 'Snoozed until it recovers.' : `Snoozed until ${until}.`;
    this.#add({ at, kind: 'snoozed', severity: 'info', ...mutedBy(key), detail });
  }

  /** @param at UTC ms */
  unsnoozed(key: string, at: number): void {
    this.#add({ at, kind: 'unsnoozed', severity: 'info', ...mutedBy(key), detail: 'Snooze ended.' });
  }

  #add({ title, detail, ...line }: Line): void {
    const { profile, history, clean } = this.#options;
    const texts = { title: clean(title), detail: detail === null ? null : clean(detail) };
    history.add(profile.id, { ...line, ...texts, profile: profile.name, delivery: null });
  }
}

function mutedBy(key: string): Pick<AlertRecord, 'keys' | 'title'> {
  return { keys: key === everyAlert ? [] : [key], title: silenceTitle(key) };
}
