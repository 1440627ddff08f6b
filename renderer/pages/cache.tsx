import { Tabs } from '@base-ui/react/tabs';
import { Asterisk, Eraser } from 'lucide-react';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { ComparisonTab } from '../cache/comparison-tab.tsx';
import { EntriesTab } from '../cache/entries-tab.tsx';
import { ExpiryTab } from '../cache/expiry-tab.tsx';
import { InvalidateDialog } from '../cache/invalidate-dialog.tsx';
import { NamespacesTab } from '../cache/namespaces-tab.tsx';
import { ResourcesTab } from '../cache/resources-tab.tsx';
import { ServersTab } from '../cache/servers-tab.tsx';
import { cacheTabNames, cacheTabs } from '../cache/tabs.ts';
import type { CacheTab } from '../cache/tabs.ts';
import { HistoryView } from '../charts/history-view.tsx';
import { useActions } from '../frame/actions.tsx';
import { useTab } from '../frame/tab-route.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { Gate } from '../ui/gate.tsx';

const contents: Readonly<Record<CacheTab, ComponentType>> = {
  entries: EntriesTab,
  namespaces: NamespacesTab,
  expiry: ExpiryTab,
  resources: ResourcesTab,
  history: HistoryView,
  comparison: ComparisonTab,
  servers: ServersTab,
};

/** What the app cache holds, how it fares, and what can be done about it. */
export function Cache() {
  const { openDialog } = useActions();
  const [tab, showTab] = useTab('cache', cacheTabNames);
  const [invalidating, setInvalidating] = useState(false);
  return (
    <>
      <div className="page-head">
        <PageHeading>Cache</PageHeading>
        <div className="page-actions">
          <Gate call="cache.invalidate">
            <button type="button" className="button" onClick={() => setInvalidating(true)}>
              <Asterisk size={14} aria-hidden="true" />
              Invalidate by pattern…
            </button>
          </Gate>
          <Gate call="cache.clear">
            <button type="button" className="button" onClick={() => openDialog('clear')}>
              <Eraser size={14} aria-hidden="true" />
              Clear cache…
            </button>
          </Gate>
        </div>
      </div>
      <Tabs.Root
        className="in-tabs"
        value={tab}
        onValueChange={(next: unknown) => {
          const name = cacheTabNames.find((one) => one === next);
          if (name) showTab(name);
        }}
      >
        <Tabs.List className="tabs" aria-label="Parts of the cache">
          {cacheTabNames.map((name) => (
            <Tabs.Tab key={name} value={name} className="tab">
              {cacheTabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {cacheTabNames.map((name) => {
          const Content = contents[name];
          return (
            <Tabs.Panel key={name} value={name} className="tab-panel">
              <Content />
            </Tabs.Panel>
          );
        })}
      </Tabs.Root>
      <InvalidateDialog open={invalidating} onOpenChange={setInvalidating} />
    </>
  );
}
