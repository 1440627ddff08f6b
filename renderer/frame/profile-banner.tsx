import { useFeed } from '../live/feed.ts';
import { useActiveProfile } from '../live/profile.ts';
import { Banner } from '../ui/banner.tsx';
import { routes } from './routes.ts';

/** Says when the active profile could not be connected at all, and where to change it. */
export function ProfileBanner() {
  const state = useFeed('profiles.state');
  const active = useActiveProfile();
  if (!state || !active || state.fault === null) return null;
  // Only stored ones can be changed; the others are named on the settings page.
  const { hash } = routes.settings;
  const editor = active.kind === 'stored' ? `${hash}/profile/${encodeURIComponent(active.id)}` : hash;
  return (
    <Banner tone="bad" glyph="✕" title={`${active.name} could not be connected:`}>
      {state.fault} <a href={editor}>Open profile</a>
    </Banner>
  );
}
