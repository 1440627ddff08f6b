import { useActiveProfile } from '../live/profile.ts';
import { routes } from './routes.ts';

/** The way to what can be changed of the active profile; nothing for the demo, which has nothing to change. */
export function ProfileLink() {
  const active = useActiveProfile();
  if (!active || active.kind === 'demo') return null;
  // Only stored ones can be changed; the others are named on the settings page.
  const { hash } = routes.settings;
  const editor = active.kind === 'stored' ? `${hash}/profile/${encodeURIComponent(active.id)}` : hash;
  return <a href={editor}>Open profile</a>;
}
