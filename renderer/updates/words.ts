import type { UpdatesState } from '../../shared/contract/updates.ts';
import { dateTimeText } from '../ui/format.ts';

/** Where updates stand, in words for the settings. */
export function updatesText({ stage, version, percent, checkedAt, why }: UpdatesState): string {
  const looked = checkedAt === null ? '' : ` Last looked ${dateTimeText(checkedAt)}.`;
  switch (stage) {
    case 'off':
      return why ?? 'This copy does not update itself.';
    case 'unknown':
      return 'Not looked for since Cachedeck started.';
    case 'checking':
      return 'Looking for a newer version…';
    case 'current':
      return `None is newer than this version.${looked}`;
    case 'available':
      return `Version ${version} is there.${looked}`;
    case 'downloading':
      return `Downloading version ${version}: ${percent ?? 0} %.`;
    case 'ready':
      return `Version ${version} is downloaded and takes this one’s place when Cachedeck quits.`;
    case 'failed':
      return `${version === null ? '' : `Version ${version} is there. `}The last try failed: ${why ?? 'no reason was given.'}${looked}`;
  }
}

/** One line for what is worth one; null: nothing is. */
export function newsText({ stage, version }: UpdatesState): string | null {
  if (stage === 'available') return `Version ${version} is there`;
  return stage === 'ready' ? `Version ${version} is ready` : null;
}
