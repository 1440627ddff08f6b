import type { AlertMessage } from '../../../shared/contract/alerts.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { DeliveryOutcome, MessageWay } from '../../../shared/model/alerts.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import type { AlertHistory } from '../history/store/guarded-alerts.ts';
import { Presence } from './presence.ts';
import { fitBody, fitTitle } from './words/fit.ts';
import { testText } from './words/message.ts';
import type { MessageText } from './words/message.ts';

const keptMessages = 50;

/** A message in words, before it is known how it goes out. */
export interface Telling extends MessageText {
  readonly kind: AlertMessage['kind'];
}

interface Sender {
  /** Of the profile. */
  readonly id: string;
  readonly name: string;
}

interface DeliveryOptions {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly history: AlertHistory;
  /** Makes secrets unreadable: what a server says may be in a message. */
  readonly clean: (text: string) => string;
}

/** Where a message is in the history, and how its way is written there. */
interface Sent {
  readonly recordId: number;
  readonly said: string;
  shown: boolean;
}

/** How the messages of all profiles leave, one after the other; outlives each switch between them. */
export class Delivery {
  /** The last messages, oldest first. */
  readonly messages = new Feed<AlertMessage[]>([]);
  readonly presence: Presence;
  readonly #options: DeliveryOptions;
  readonly #listeners = new Set<(message: AlertMessage) => void>();
  readonly #sent = new Map<number, Sent>();
  #lastId = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.presence = new Presence(options.clock);
  }

  /** Calls `listener` for each message, whatever way it goes. Returns the way to stop. */
  onMessage(listener: (message: AlertMessage) => void): () => void {
    const own = (message: AlertMessage): void => listener(message); // the same function may listen twice
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /**
   * Sends a message of a profile and keeps it in the history.
   * @param inAppOnly told in the page only, never as a notification of the system
   */
  send(telling: Telling, profile: Sender, inAppOnly: boolean): void {
    this.#send(telling, profile, this.#wayOf(inAppOnly));
  }

  /** Sends a notification of the system, also while a page is looked at or they are switched off. */
  test(profile: Sender): void {
    this.#send({ ...testText(), kind: 'test' }, profile, { way: 'system', why: null });
  }

  /** Whoever showed a message as a notification of the system says what became of it; ignored once it is long gone. */
  delivered(id: number, outcome: DeliveryOutcome): void {
    const sent = this.#sent.get(id);
    // Of several pages one may be allowed to show it.
    if (!sent || sent.shown) return;
    sent.shown = outcome === 'shown';
    this.messages.set(
      this.messages.value.map((message) => (message.id === id ? { ...message, outcome } : message)),
    );
    this.#options.history.deliver(sent.recordId, `${sent.said}: ${outcomeWords[outcome]}`);
  }

  #wayOf(inAppOnly: boolean): Pick<AlertMessage, 'way' | 'why'> {
    if (this.presence.attentive) return { way: 'toast', why: null };
    if (inAppOnly) {
      return { way: 'none', why: 'This rule is told in the window only, and nobody looked at it.' };
    }
    if (this.#options.settings().systemNotifications) return { way: 'system', why: null };
    return { way: 'none', why: 'System notifications are switched off, and nobody looked at the window.' };
  }

  #send(telling: Telling, profile: Sender, { way, why }: Pick<AlertMessage, 'way' | 'why'>): void {
    const { clean, clock, history, settings } = this.#options;
    const message: AlertMessage = {
      ...telling,
      title: fitTitle(clean(telling.title)),
      body: fitBody(clean(telling.body)),
      id: (this.#lastId += 1),
      at: clock.wall(),
      way,
      why,
      sound: settings().notificationSound,
      outcome: null,
    };
    const { id, at, severity, keys, title, body } = message;
    const said = [wayWords[way], ...(why === null ? [] : [why])].join('. ');
    const record = {
      at,
      profile: profile.name,
      kind: 'message',
      severity,
      keys,
      title,
      detail: body,
    } as const;
    const recordId = history.add(profile.id, { ...record, delivery: said });
    if (way === 'system') this.#keepSent(id, { recordId, said, shown: false });
    this.messages.set([...this.messages.value, message].slice(-keptMessages));
    for (const listener of this.#listeners) listener(message);
  }

  #keepSent(id: number, sent: Sent): void {
    this.#sent.set(id, sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > keptMessages && oldest !== undefined) this.#sent.delete(oldest);
  }
}

const wayWords: Readonly<Record<MessageWay, string>> = {
  toast: 'Shown in the window',
  system: 'System notification',
  none: 'Not shown',
};

const outcomeWords: Readonly<Record<DeliveryOutcome, string>> = {
  shown: 'shown',
  failed: 'it could not be shown',
  'no-permission': 'the browser does not permit it',
};
