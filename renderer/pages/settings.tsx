import '../styles/pages/settings.css';
import { useEffect } from 'react';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { AppSection } from '../settings/app-section.tsx';
import { CachingSection } from '../settings/caching-section.tsx';
import { ControlSection } from '../settings/control/control-section.tsx';
import { DisplaySection } from '../settings/display-section.tsx';
import { newProfile, settingsHash, useEdited } from '../settings/editor/editing.ts';
import { ProfileEditor } from '../settings/editor/profile-editor.tsx';
import { dropDraft } from '../settings/editor/unsaved.ts';
import { NotificationsSection } from '../settings/notifications-section.tsx';
import { PollingSection } from '../settings/polling-section.tsx';
import { ProfilesSection } from '../settings/profiles-section.tsx';
import { RecordsSection } from '../settings/records-section.tsx';
import { SectionIndex } from '../settings/section.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { useSay } from '../ui/toasts.tsx';

/** What can be chosen for the app and its profiles. Each change is kept at once; profiles have a form. */
export function Settings() {
  const profiles = useFeed('profiles.state');
  const settings = useFeed('settings.state');
  const info = useAppInfo();
  const edited = useEdited();
  const profile = profiles?.profiles.find(({ id, kind }) => id === edited && kind === 'stored') ?? null;
  const missing = profiles !== undefined && edited !== null && edited !== newProfile && profile === null;
  const client = useClient();
  const say = useSay();
  useEffect(() => {
    if (!missing) return;
    dropDraft(client, edited);
    window.location.replace(settingsHash);
    say('The profile is not there', 'It was removed, or it is not one that can be edited.', 'attention');
  }, [missing, edited, client, say]);
  return (
    <div className="settings">
      <PageHeading>Settings</PageHeading>
      {profiles && settings ? (
        <div className="settings-columns">
          <SectionIndex />
          <div className="settings-sections">
            <ProfilesSection state={profiles} />
            <DisplaySection state={settings} />
            <PollingSection state={settings} />
            <CachingSection state={settings} />
            <NotificationsSection state={settings} info={info} />
            <RecordsSection state={settings} info={info} />
            <ControlSection />
            <AppSection state={settings} info={info} />
          </div>
        </div>
      ) : (
        <p className="empty page-space">Reading the settings…</p>
      )}
      {profiles && (edited === newProfile || profile !== null) && (
        <ProfileEditor key={edited} profile={profile} storage={profiles.secretStorage} />
      )}
    </div>
  );
}
