import { remember, remembered } from '../live/remembered.ts';

const name = 'palette';
const most = 5;

/** Ids of the commands used last, the newest first. */
export function recentCommands(): readonly string[] {
  return (remembered(name) ?? '').split('\n').filter(Boolean);
}

/** Puts a command in front of those used before. */
export function noteUsed(id: string): void {
  remember(name, [id, ...recentCommands().filter((one) => one !== id)].slice(0, most).join('\n'));
}
