import type { Profile } from '../../shared/contract/profiles.ts';
import { useFeed } from './feed.ts';

/** The profile whose backends are read; undefined until main has told. */
export function useActiveProfile(): Profile | undefined {
  const state = useFeed('profiles.state');
  return state?.profiles.find(({ id }) => id === state.active);
}

/** Whether there is an orchestrator to read: true as long as nothing else is known. The demo brings its own. */
export function useHasOrchestrator(): boolean {
  const profile = useActiveProfile();
  return profile === undefined || profile.kind === 'demo' || profile.orchestrator !== null;
}

/** Host and port of an address; the address itself where it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
