import { onTestFinished } from 'vitest';
import type { Warming } from '../../../shared/contract/tuning.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { streamOf } from '../../support/fleet-world.ts';
import { engine, serverCache, status, totals, vpnOf } from '../../support/page-world.ts';

const lab: ProfileDraft = {
  name: 'Lab',
  production: false,
  orchestrator: { url: 'https://lab.test/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

/** The core on a scripted backend that answers after 100 ms, with nothing started for its own sake. */
export class WarmBed {
  readonly app: CoreOnScript;

  constructor(app: CoreOnScript) {
    this.app = app;
    app.script.values = {
      engineTotals: totals,
      orchestratorStatus: status,
      vpnStatus: vpnOf(),
      engineList: { engines: [engine] },
      streamList: { streams: [streamOf()] },
      serverCache,
      healthStatus: { breakers: { general: { state: 'closed' }, replacement: null } },
      serverEvents: { events: [] },
    };
  }

  async set(change: Partial<Settings['warming']>): Promise<void> {
    await this.app.client.call('settings.change', { warming: { ...defaultSettings.warming, ...change } });
  }

  /** Connects another profile, which starts anew: `asked` is counted from there. */
  async startAnew(): Promise<void> {
    const { client, clock, script } = this.app;
    const { id } = await client.call('profiles.save', {
      id: null,
      draft: lab,
      secrets: {},
      acceptWeak: true,
    });
    script.asked.length = 0;
    await client.call('profiles.activate', { id });
    await clock.advance(0);
  }

  async warming(): Promise<Warming | null> {
    return (await this.app.client.call('tuning.state', {})).warming;
  }

  /** What became of each, in the order of the settings. */
  async states(): Promise<Record<string, string>> {
    const { items } = (await this.warming()) ?? { items: [] };
    return Object.fromEntries(items.map(({ key, state }) => [key, state]));
  }

  /** How often each read was asked since the last look. */
  asked(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { read } of this.app.script.asked.splice(0)) counts[read] = (counts[read] ?? 0) + 1;
    return counts;
  }

  /** Titles and details of warming's lines in the event log, oldest first. */
  async lines(): Promise<{ title: string; detail: string | null }[]> {
    const { events } = await this.app.client.call('events.list', {
      kinds: ['warming'],
      severities: null,
      search: '',
      from: null,
      to: null,
      before: null,
      limit: 50,
    });
    return events.map(({ title, detail }) => ({ title, detail })).toReversed();
  }
}

export async function warmBed(environment: Record<string, string> = {}): Promise<WarmBed> {
  const app = await startCoreOnScript({ options: { environment } });
  onTestFinished(() => app.core.stop());
  return new WarmBed(app);
}
