import type { Stream } from '../../shared/contract/fleet.ts';
import { spanText } from '../../shared/model/age.ts';
import type { Word } from '../panels/orchestrator-words.ts';

export const keyTypeWords: Readonly<Record<Stream['keyType'], string>> = {
  content_id: 'content id',
  infohash: 'infohash',
  url: 'URL',
  magnet: 'magnet',
  unknown: 'key',
};

/** The same where there is little room. */
export const shortKeyTypes: Readonly<Record<Stream['keyType'], string>> = {
  content_id: 'id',
  infohash: 'hash',
  url: 'URL',
  magnet: 'magnet',
  unknown: 'key',
};

/** Letters of a key that are shown: the beginning tells ids apart, the end URLs. */
const head = 8;
const tail = 4;

/** A key short enough for a table: cut in its middle. */
export function shortKey({ key }: Pick<Stream, 'key'>): string {
  return key.length <= head + tail + 1 ? key : `${key.slice(0, head)}…${key.slice(-tail)}`;
}

const running: Word = { glyph: '●', word: 'Running', role: 'ok' };
const ended: Word = { glyph: '○', word: 'Ended', role: 'neutral' };

export function streamState({ endedAt }: Pick<Stream, 'endedAt'>): Word {
  return endedAt === null ? running : ended;
}

type Buffer = NonNullable<Stream['buffer']>;

/** Seconds that playback is behind what is newest. */
export function behindOf({ position, last }: Buffer): number {
  return Math.max(0, last - position);
}

/** Seconds between the oldest and the newest moment that can be played. */
export function bufferedOf({ first, last }: Buffer): number {
  return Math.max(0, last - first);
}

/** "12 s behind live, 30 s buffered". */
export function bufferWords(buffer: Buffer): string {
  return `${spanText(behindOf(buffer) * 1000)} behind live, ${spanText(bufferedOf(buffer) * 1000)} buffered`;
}
