import { useFeed } from '../live/feed.ts';
import { useActiveProfile } from '../live/profile.ts';

/** Where a change goes: "Lab (http://192.0.2.10:8000/)". */
export function useTarget(): string {
  const profile = useActiveProfile();
  const url = useFeed('profiles.state')?.url ?? 'no address';
  return profile ? `${profile.name} (${url})` : 'the connected orchestrator';
}

/** What is to be typed before something is deleted or stopped; null: holding the button is enough. */
export function useNameToType(): string | null {
  const profile = useActiveProfile();
  return profile?.production ? profile.name : null;
}
