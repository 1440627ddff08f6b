import type { AlertMessage } from '../../shared/contract/alerts.ts';
import type { DeliveryOutcome } from '../../shared/model/alerts.ts';

const wayWords: Readonly<Record<AlertMessage['way'], string>> = {
  toast: 'Shown in the window',
  system: 'Sent to the system, nobody has said whether it was shown',
  none: 'Not shown',
};

const outcomeWords: Readonly<Record<DeliveryOutcome, string>> = {
  shown: 'Shown by the system',
  failed: 'Not shown: the system did not take it',
  'no-permission': 'Not shown: this browser is not allowed to',
};

/** How a message was told, and why so where it is not as usual. */
export function toldText({ way, why, outcome }: AlertMessage): string {
  const said = outcome === null ? wayWords[way] : outcomeWords[outcome];
  return why === null ? `${said}.` : `${said}. ${why}`;
}

/** What was told begins; what can be muted is among it. */
export function canSnooze({ kind, keys }: AlertMessage): boolean {
  return (kind === 'firing' || kind === 'still') && keys.length > 0;
}
