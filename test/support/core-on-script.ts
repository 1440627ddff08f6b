import { startAppCore } from '../../electron/core/app-core.ts';
import type { Backend, BackendTarget } from '../../electron/core/connect-backend.ts';
import { Redactor } from '../../electron/core/logs/redact.ts';
import type { AppLog } from '../../electron/core/logs/log-file.ts';
import type { AppCore, CoreOptions } from '../../electron/core/ports.ts';
import { plainBox } from '../../electron/core/secrets/plain-box.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { FakeClock } from './fake-clock.ts';
import { createMemoryLink } from './memory-link.ts';
import { recordingAppLog } from './recording-log.ts';
import { ScriptedSource } from './scripted-source.ts';

export interface CoreOnScript {
  readonly clock: FakeClock;
  readonly script: ScriptedSource;
  readonly core: AppCore;
  /** What a page holds. */
  readonly client: Client;
  readonly log: AppLog;
  readonly lines: readonly string[];
  /** What was connected, in order. */
  readonly targets: readonly BackendTarget[];
  readonly closed: { value: boolean };
}

interface Change {
  readonly backend?: Partial<Backend>;
  readonly options?: Partial<CoreOptions>;
  readonly clock?: FakeClock;
  /** Answers in place of the script where a target is to be refused. */
  readonly connect?: (target: BackendTarget, scripted: Promise<Backend>) => Promise<Backend>;
}

/** The whole core behind its router, on the test's clock and a scripted backend, whatever the profile says. */
export async function startCoreOnScript(change: Change = {}): Promise<CoreOnScript> {
  const clock = change.clock ?? new FakeClock(1_000_000_000_000);
  const script = new ScriptedSource(clock);
  const { log, lines } = recordingAppLog();
  const closed = { value: false };
  const targets: BackendTarget[] = [];
  let ids = 0;
  const backend: Backend = {
    url: 'http://127.0.0.1:1/',
    source: script.source,
    demo: null,
    portal: null,
    workstations: null,
    close: async () => {
      closed.value = true;
      await Promise.resolve();
    },
    ...change.backend,
  };
  const core = await startAppCore(
    {
      clock,
      random: () => 0.5,
      newId: () => `id-${(ids += 1)}`,
      log,
      redactor: new Redactor(),
      problems: new Problems(clock),
      version: '0.0.0',
      host: 'browser',
      runtime: {
        platform: { system: 'linux', release: '6', arch: 'x64' },
        node: '24',
        electron: null,
        home: '/home/operator',
      },
      usage: () => ({ cpuMs: 0, memoryBytes: 100_000_000 }),
      capabilities: {
        tray: false,
        notifications: false,
        quit: false,
        startAtLogin: false,
        openFolder: false,
        windows: false,
        saveFile: false,
      },
      dataFolder: null,
      openStore: openConfStore,
      secretBox: plainBox,
      profile: null,
      freeze: true,
      environment: {},
      saveFile: null,
      openFolder: null,
      openWindow: null,
      openControl: null,
      updates: { updater: null, why: 'This is a test.' },
      online: () => true,
      ...change.options,
    },
    (target) => {
      targets.push(target);
      const scripted = Promise.resolve(backend);
      return change.connect ? change.connect(target, scripted) : scripted;
    },
  );
  return {
    clock,
    script,
    core,
    client: createClient(createMemoryLink(core.router)),
    log,
    lines,
    targets,
    closed,
  };
}
