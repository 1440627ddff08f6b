import '../styles/pages/engines.css';
import { Tabs } from '@base-ui/react/tabs';
import { ChangeResults } from '../fleet/change-results.tsx';
import { ChangesProvider } from '../fleet/changes.tsx';
import { EnginesTab } from '../fleet/engines-tab.tsx';
import { HealthTab } from '../fleet/health-tab.tsx';
import { StreamsTab } from '../fleet/streams-tab.tsx';
import { fleetTabNames, fleetTabs } from '../fleet/tabs.ts';
import type { FleetTab } from '../fleet/tabs.ts';
import { VpnTab } from '../fleet/vpn-tab.tsx';
import { useTab } from '../frame/tab-route.ts';
import { useHasOrchestrator } from '../live/profile.ts';
import { PageHeading } from '../ui/page-heading.tsx';

const contents: Readonly<Record<FleetTab, () => React.JSX.Element>> = {
  engines: EnginesTab,
  vpn: VpnTab,
  streams: StreamsTab,
  health: HealthTab,
};

/** What the orchestrator runs: engines, the VPNs they are behind, streams, and what holds them back. */
export function Engines() {
  const read = useHasOrchestrator();
  return (
    <>
      <PageHeading>Engines & VPN</PageHeading>
      {read ? (
        <ChangesProvider>
          <Parts />
        </ChangesProvider>
      ) : (
        <section className="panel">
          <p>
            This profile has no orchestrator. <a href="#/settings">Add one in Settings.</a>
          </p>
        </section>
      )}
    </>
  );
}

/** The same order on each: is it fine, what changed, which one. */
function Parts() {
  const [tab, showTab] = useTab('engines', fleetTabNames);
  return (
    <Tabs.Root
      className="in-tabs"
      value={tab}
      onValueChange={(next: unknown) => {
        const name = fleetTabNames.find((one) => one === next);
        if (name) showTab(name);
      }}
    >
      <Tabs.List className="tabs" aria-label="Parts of the fleet">
        {fleetTabNames.map((name) => (
          <Tabs.Tab key={name} value={name} className="tab">
            {fleetTabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <ChangeResults />
      {fleetTabNames.map((name) => {
        const Content = contents[name];
        return (
          <Tabs.Panel key={name} value={name} className="tab-panel fleet">
            <Content />
          </Tabs.Panel>
        );
      })}
    </Tabs.Root>
  );
}
