import type { SettingsState } from '../../shared/contract/settings.ts';
import { AdaptiveRows } from './adaptive-rows.tsx';
import { Section } from './section.tsx';
import { useSetting } from './use-setting.ts';
import { WarmingRows } from './warming-rows.tsx';

/** What the cache loads ahead, and how long its values count. */
export function CachingSection({ state }: { readonly state: SettingsState }) {
  const warming = useSetting(state, 'warming');
  const adaptiveTtl = useSetting(state, 'adaptiveTtl');
  return (
    <Section name="caching">
      <WarmingRows setting={warming} />
      <AdaptiveRows setting={adaptiveTtl} />
    </Section>
  );
}
