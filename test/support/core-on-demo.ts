import { randomUUID } from 'node:crypto';
import { startAppCore } from '../../electron/core/app-core.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { connectBackend } from '../../electron/core/connect-backend.ts';
import type { Connect } from '../../electron/core/connect-backend.ts';
import type { AppLog } from '../../electron/core/logs/log-file.ts';
import { Redactor } from '../../electron/core/logs/redact.ts';
import type { AppCore, CoreOptions } from '../../electron/core/ports.ts';
import { plainBox } from '../../electron/core/secrets/plain-box.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { thisRuntime, thisUsage } from '../../electron/runtime.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { createMemoryLink } from './memory-link.ts';
import { recordingAppLog } from './recording-log.ts';

export interface CoreOnDemo {
  readonly core: AppCore;
  /** What a page of an admin holds. */
  readonly client: Client;
  readonly log: AppLog;
  /** What it was told. */
  readonly lines: readonly string[];
}

/**
 * The whole core on the embedded demo, over real HTTP and on the machine's clock.
 * @param connect another way to it than the product's
 */
export async function startCoreOnDemo(
  change: Partial<CoreOptions> = {},
  connect: Connect = connectBackend,
): Promise<CoreOnDemo> {
  const { log, lines } = recordingAppLog();
  const options: CoreOptions = {
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    log,
    redactor: new Redactor(),
    problems: new Problems(systemClock),
    version: '0.0.0',
    host: 'browser',
    runtime: thisRuntime(),
    usage: thisUsage,
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
    profile: 'demo',
    environment: {},
    saveFile: null,
    online: () => true,
    openWindow: null,
    openControl: null,
    updates: { updater: null, why: 'This is a test.' },
    openFolder: null,
    ...change,
  };
  const core = await startAppCore(options, connect);
  return { core, client: createClient(createMemoryLink(core.router)), log, lines };
}
