import { startAppCore } from '../../electron/core/app-core.ts';
import type { Backend } from '../../electron/core/connect-backend.ts';
import type { AppCore } from '../../electron/core/ports.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { FakeClock } from './fake-clock.ts';
import { createMemoryLink } from './memory-link.ts';
import { recordingLog } from './recording-log.ts';
import { ScriptedSource } from './scripted-source.ts';

export interface CoreOnScript {
  readonly clock: FakeClock;
  readonly script: ScriptedSource;
  readonly core: AppCore;
  /** What a page holds. */
  readonly client: Client;
  /** Lines of level warn and error. */
  readonly complaints: readonly string[];
  readonly closed: { value: boolean };
}

/** The whole core behind its router, on the test's clock and a scripted backend. */
export async function startCoreOnScript(change: Partial<Backend> = {}): Promise<CoreOnScript> {
  const clock = new FakeClock(1_000_000_000_000);
  const script = new ScriptedSource(clock);
  const { log, lines } = recordingLog();
  const closed = { value: false };
  const backend: Backend = {
    name: 'Scripted',
    kind: 'orchestrator',
    url: 'http://scripted.test/',
    source: script.source,
    demo: null,
    close: async () => {
      closed.value = true;
      await Promise.resolve();
    },
    ...change,
  };
  const core = await startAppCore(
    {
      clock,
      random: () => 0.5,
      log,
      version: '0.0.0',
      host: 'browser',
      capabilities: { tray: false, notifications: false, quit: false },
      profile: { kind: 'orchestrator', name: 'Scripted', url: 'http://scripted.test/', apiKey: null },
      freeze: true,
      environment: {},
    },
    () => Promise.resolve(backend),
  );
  return {
    clock,
    script,
    core,
    client: createClient(createMemoryLink(core.router)),
    complaints: lines,
    closed,
  };
}
