import { readReply, recognised, text } from './fields.ts';

/** What the contract carries. */
const longest = 200_000;

const log = recognised({ logs: text }, ['logs']);

/** GET /containers/{id}/logs: the text, without colours and other control characters, its newest part when it is long. */
export function readLog(reply: unknown, endpoint: string): string {
  const lines = readReply(log, reply, endpoint).logs ?? '';
  const plain = lines
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]\[[\d;?]*[A-Za-z]/gu, '')
    .replace(/[^\P{Cc}\n\t]/gu, '');
  return plain.length > longest ? plain.slice(-longest) : plain;
}
