import { demoFaults } from '../../shared/contract/app.ts';
import type { DemoFault } from '../../shared/contract/app.ts';
import { startDemo } from './demo/demo-server.ts';
import type { Log } from './log.ts';
import type { CoreOptions } from './ports.ts';
import { createOrchestratorSource } from './sources/orchestrator/create-orchestrator-source.ts';
import type { OrchestratorSource } from './sources/orchestrator/orchestrator-source.ts';

/** The backend of the profile, and what a page is told of it. */
export interface Backend {
  readonly name: string;
  readonly kind: 'demo' | 'orchestrator';
  /** Without credentials. */
  readonly url: string;
  readonly source: OrchestratorSource;
  /** null: a real backend, which cannot be told to misbehave. */
  readonly demo: { readonly fault: DemoFault; setFault(fault: DemoFault): Promise<void> } | null;
  close(): Promise<void>;
}

/**
 * Connects the profile's backend, starting the embedded one for the demo.
 * @throws SourceError for an address or key that cannot be used.
 */
export async function connectBackend({
  clock,
  random,
  log,
  profile,
  environment,
}: CoreOptions): Promise<Backend> {
  if (profile.kind === 'orchestrator') {
    // First, because it says in plain words what is wrong with an address, and refuses one with credentials.
    const source = createOrchestratorSource({ url: profile.url, apiKey: profile.apiKey, log });
    return {
      name: profile.name,
      kind: profile.kind,
      url: new URL(profile.url.trim()).href,
      source,
      demo: null,
      close: () => Promise.resolve(),
    };
  }
  const demo = await startDemo({ clock, random });
  await demo.setFault(faultFrom(environment['CACHEDECK_DEMO_FAULT'], log));
  return {
    name: 'Demo',
    kind: 'demo',
    url: demo.url,
    source: createOrchestratorSource({ url: demo.url, apiKey: demo.apiKey, log }),
    demo,
    close: () => demo.close(),
  };
}

/** The demo may start broken, for a rehearsal without a hand on the menu. */
function faultFrom(text: string | undefined, log: Log): DemoFault {
  const fault = demoFaults.find((one) => one === text);
  if (text && !fault)
    log.warn(`CACHEDECK_DEMO_FAULT is not one of ${demoFaults.join(', ')}; nothing is simulated.`);
  return fault ?? 'none';
}
