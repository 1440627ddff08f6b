import '../styles/pages/alerts.css';
import { Tabs } from '@base-ui/react/tabs';
import type { AlertsState } from '../../shared/contract/alerts.ts';
import { ActiveTab } from '../alerts/active-tab.tsx';
import { HistoryTab } from '../alerts/history-tab.tsx';
import { RulesTab } from '../alerts/rules-tab.tsx';
import { SilencesTab } from '../alerts/silences-tab.tsx';
import { Standing } from '../alerts/standing.tsx';
import { tabNames, tabs } from '../alerts/tabs.ts';
import type { TabName } from '../alerts/tabs.ts';
import { isFrozen } from '../alerts/words.ts';
import { useTab } from '../frame/tab-route.ts';
import { useFeed } from '../live/feed.ts';
import { PageHeading } from '../ui/page-heading.tsx';

/** What is wrong or about to be, what was, what is watched for, and what is muted. */
export function Alerts() {
  const state = useFeed('alerts.state');
  const [tab, openTab] = useTab('alerts', tabNames);
  return (
    <>
      <PageHeading>Alerts</PageHeading>
      {state ? (
        <Tabs.Root className="in-tabs" value={tab} onValueChange={(next: TabName) => openTab(next)}>
          <Standing state={state} />
          <Tabs.List className="tabs" aria-label="Alerts">
            {tabNames.map((name) => (
              <Tabs.Tab key={name} value={name} className="tab">
                {tabs[name]} <Count n={countOf(name, state)} />
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="active" className="tab-panel">
            <ActiveTab state={state} />
          </Tabs.Panel>
          <Tabs.Panel value="history" className="tab-panel">
            <HistoryTab />
          </Tabs.Panel>
          <Tabs.Panel value="rules" className="tab-panel">
            <RulesTab state={state} />
          </Tabs.Panel>
          <Tabs.Panel value="silences" className="tab-panel">
            <SilencesTab state={state} />
          </Tabs.Panel>
        </Tabs.Root>
      ) : (
        <p className="panel empty page-space">Reading the alerts…</p>
      )}
    </>
  );
}

/** Beside a tab's name; null: how many there are is not known before they are asked for. */
function countOf(tab: TabName, { active, rules, silences }: AlertsState): number | null {
  switch (tab) {
    case 'active':
      return active.filter((alert) => !isFrozen(alert)).length;
    case 'history':
      return null;
    case 'rules':
      return rules.filter(({ on }) => on).length;
    case 'silences':
      return silences.length;
  }
}

function Count({ n }: { readonly n: number | null }) {
  return n === null ? null : <span className="tab-count">{n}</span>;
}
