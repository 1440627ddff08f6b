import type { AdaptiveTtl, Warming } from '../../shared/contract/tuning.ts';
import { spanText } from '../../shared/model/age.ts';
import { titleOfKey } from '../../shared/model/resources.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { useEachTick } from '../live/use-poll.ts';
import { useVisible } from '../ui/use-visible.ts';

export type TuningState = CallOutput<'tuning.state'>;

/** TTLs in effect, advice and the latest warming; asked anew shortly after each tick while the page is looked at. */
export function useTuning(): { readonly data: TuningState | undefined; readonly error: Error | null } {
  const client = useClient();
  const visible = useVisible();
  return useEachTick(['tuning.state'], (signal) => client.call('tuning.state', {}, signal), visible);
}

/** A TTL in ms, to the tenth of a second: `3 s`, `4.7 s`, `2 min 5 s`. */
export function ttlWords(ms: number): string {
  return ms < 100_000 ? `${Math.round(ms / 100) / 10} s` : spanText(ms);
}

/** Why a TTL is what it is, as a sentence of its own. */
export function ttlSentence({ ttl, reason }: Pick<AdaptiveTtl, 'ttl' | 'reason'>): string {
  return reason === '' ? `Now ${ttlWords(ttl)}.` : `Now ${reason}`;
}

type Item = Warming['items'][number];

interface StateMark {
  readonly glyph: string;
  readonly word: string;
  readonly role: 'ok' | 'attention' | 'neutral';
}

/** A failure here costs nobody anything: who needs the value asks again. */
export const warmMarks: Readonly<Record<Item['state'], StateMark>> = {
  queued: { glyph: '○', word: 'Waiting', role: 'neutral' },
  running: { glyph: '◐', word: 'Loading', role: 'neutral' },
  ok: { glyph: '●', word: 'Loaded', role: 'ok' },
  fresh: { glyph: '●', word: 'Fresh already', role: 'ok' },
  failed: { glyph: '✕', word: 'Failed', role: 'attention' },
  'not-reported': { glyph: '–', word: 'Not reported', role: 'neutral' },
  'given-up': { glyph: '–', word: 'Given up', role: 'neutral' },
};

export function warmTitle(key: string): string {
  return titleOfKey(key) ?? key.replace(/^session:/, 'Session of ');
}

/** A run in one line, without its time: "Warmed 4 of 5 after a clear: 1 failed". */
export function warmingLine({ running, why, items }: Warming): string {
  const count = (state: Item['state']): number => items.filter((item) => item.state === state).length;
  const left = count('queued') + count('running');
  const when = why === 'start' ? 'at the start' : 'after a clear';
  if (running) return `Warming ${when}: ${items.length - left} of ${items.length} done`;
  const rest = (['fresh', 'failed', 'not-reported', 'given-up'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${warmMarks[state].word.toLowerCase()}`);
  return `Warmed ${count('ok')} of ${items.length} ${when}${rest.length > 0 ? `: ${rest.join(', ')}` : ''}`;
}
