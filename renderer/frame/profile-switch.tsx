import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown, Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { Profile, ProfilesState } from '../../shared/contract/profiles.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { hostOf, useActiveProfile } from '../live/profile.ts';
import { needsWords, useMay } from '../live/use-may.ts';
import { useSay } from '../ui/toasts.tsx';
import { goTo } from './routes.ts';

const kindWords: Readonly<Record<Profile['kind'], string>> = {
  demo: 'Demo',
  environment: 'From the environment',
  stored: 'Stored',
};

/** The backends a profile names, its orchestrator first. */
function hostsOf({ kind, orchestrator, portal, workstations }: Profile): string {
  if (kind === 'demo') return 'an embedded server';
  const hosts = [orchestrator, portal, workstations].flatMap((backend) =>
    backend ? hostOf(backend.url) : [],
  );
  const [first, ...more] = hosts;
  if (first === undefined) return 'no backend';
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Which connection is watched, and the way to another one. */
export function ProfileSwitch() {
  const state = useFeed('profiles.state');
  const active = useActiveProfile();
  if (!state || !active) return null;
  return <Switch state={state} active={active} />;
}

function Switch({ state, active }: { readonly state: ProfilesState; readonly active: Profile }) {
  const client = useClient();
  const say = useSay();
  const { may, needs } = useMay('profiles.activate');
  const [connecting, setConnecting] = useState(false);
  const demo = active.kind === 'demo';
  const name = demo ? 'Demo data' : active.name;
  const activate = async (id: string): Promise<void> => {
    setConnecting(true);
    try {
      await client.call('profiles.activate', { id });
    } catch (error) {
      say('The profile was not changed', error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      setConnecting(false);
    }
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        className={demo ? 'profile demo' : 'profile'}
        aria-label={connecting ? 'Profile: connecting' : `Profile: ${name}`}
        aria-busy={connecting}
      >
        {connecting ? (
          <span className="profile-name">Connecting…</span>
        ) : (
          <>
            <span className="profile-name">{name}</span>
            {state.url !== null && <span className="profile-url">{hostOf(state.url)}</span>}
            {active.production && <Production />}
          </>
        )}
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="layer">
          <Menu.Popup className="popup menu">
            <Menu.RadioGroup value={active.id} onValueChange={(id: string) => void activate(id)}>
              <Menu.GroupLabel className="menu-label">
                {may ? 'Profiles' : `Profiles: ${needsWords(needs).toLowerCase()} to switch`}
              </Menu.GroupLabel>
              {state.profiles.map((profile) => (
                <Menu.RadioItem
                  key={profile.id}
                  value={profile.id}
                  disabled={connecting || !may}
                  className="menu-item"
                  closeOnClick
                >
                  <span className="menu-check">
                    <Menu.RadioItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span>
                    {profile.name} {profile.production && <Production />}
                    <span className="menu-note">
                      {kindWords[profile.kind]} · {hostsOf(profile)}
                    </span>
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={() => goTo('settings')}>
              <span className="menu-check">
                <Settings2 size={14} aria-hidden="true" />
              </span>
              <span>Manage profiles…</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** By word and shape, and not in red: it is a fact, not a fault. */
function Production() {
  return (
    <span className="production">
      <span aria-hidden="true">◆</span> Production
    </span>
  );
}
