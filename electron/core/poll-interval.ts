import type { ProfileDraft } from '../../shared/contract/profiles.ts';
import type { Settings } from '../../shared/contract/settings.ts';

/** On battery only every third tick is polled, for who wants to save it. */
const stretch = 3;

/** ms between two polls of a profile: its own interval before the app's, stretched on battery either way. */
export function pollInterval(
  profile: Pick<ProfileDraft, 'pollSeconds'>,
  settings: Pick<Settings, 'pollSeconds' | 'saveBattery'>,
  onBattery: boolean,
): number {
  const seconds = profile.pollSeconds ?? settings.pollSeconds;
  return 1000 * seconds * (onBattery && settings.saveBattery ? stretch : 1);
}
