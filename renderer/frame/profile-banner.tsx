import { useFeed } from '../live/feed.ts';
import { useActiveProfile } from '../live/profile.ts';
import { Banner } from '../ui/banner.tsx';
import { ProfileLink } from './profile-link.tsx';

/** Says when the active profile could not be connected at all, and where to change it. */
export function ProfileBanner() {
  const state = useFeed('profiles.state');
  const active = useActiveProfile();
  if (!state || !active || state.fault === null) return null;
  return (
    <Banner tone="bad" glyph="✕" title={`${active.name} could not be connected:`}>
      {state.fault} <ProfileLink />
    </Banner>
  );
}
