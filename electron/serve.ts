import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { trustCertificates } from './certificates.ts';
import { startAppCore } from './core/app-core.ts';
import { systemClock } from './core/clock.ts';
import { logLevelFrom } from './core/log.ts';
import { logCrashes } from './core/logs/crashes.ts';
import { createAppLog } from './core/logs/log-file.ts';
import { Redactor } from './core/logs/redact.ts';
import { plainBox } from './core/secrets/plain-box.ts';
import { Problems } from './core/storage/problems.ts';
import { dataFolder } from './data-folder.ts';
import { openConfStore } from './hosts/conf-store.ts';
import { startHttpHost } from './hosts/http-host.ts';
import { openBrowser } from './hosts/open-browser.ts';
import { hasNetwork } from './hosts/network.ts';
import { listenFailure, readServeOptions } from './hosts/serve-options.ts';
import { thisRuntime, thisUsage } from './runtime.ts';

/** The browser host: the same product over loopback HTTP, for machines without a desktop. */

/** ms between links printed by Enter: input that never ends (a pipe) must not keep the process busy. */
const enterPause = 200;
/** ms a stop may take, whatever hangs; the start command kills after 700. */
const stopLimit = 500;

// A reader that went away (`| head`, a closed terminal) must not end the host: pages still use it.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

const redactor = new Redactor();

function giveUp(sentence: string, code: number): never {
  console.error(redactor.clean(sentence));
  return process.exit(code);
}

/** The result of reading what a person wrote; where it cannot be read, its sentence is the last thing said. */
function orGiveUp<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error), 2);
  }
}

const wanted = orGiveUp(() => readServeOptions(process.argv.slice(2)));
const folder = orGiveUp(() => dataFolder(process.platform, process.env, homedir()));
const problems = new Problems(systemClock);
const log = createAppLog({
  folder,
  level: 'info',
  consoleLevel: logLevelFrom(process.env['CACHEDECK_LOG']),
  redactor,
  clock: systemClock,
  problems,
});
logCrashes(process, log);
trustCertificates(process.env, log);

const core = await startAppCore({
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  log,
  redactor,
  problems,
  version: APP_VERSION,
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
  dataFolder: folder,
  openStore: openConfStore,
  secretBox: plainBox,
  profile: wanted.profile,
  environment: process.env,
  saveFile: null,
  openFolder: null,
  openWindow: null,
  openControl: null,
  updates: { updater: null, why: 'This is the browser host: update it where it was installed from.' },
  online: () => hasNetwork(),
}).catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error), 2));
const host = await startHttpHost({
  core,
  pageFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
  host: wanted.host,
  port: wanted.port,
  clock: systemClock,
  log,
  role: wanted.role,
}).catch((error: unknown) => giveUp(listenFailure(error, wanted), 1));

core.control.servedAt(host.url);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

core.onMessage(({ way, title, body }) => {
  if (way !== 'none') console.log(`${title}. ${body}`);
});
if (host.exposed) {
  console.log(
    'Other machines can reach this address and nothing on the way is encrypted: whoever reads the traffic can sign ' +
      'in too. Use it on networks you trust, or leave --host out and tunnel the port over SSH.\n',
  );
}
console.log(
  `Cachedeck is ready in the browser:\n\n  ${host.newLink()}\n\nThe link works once. Enter prints a fresh one, Ctrl-C stops.`,
);
if (wanted.open) openBrowser(host.newLink());

process.stdin.on('data', () => {
  console.log(`  ${host.newLink()}`);
  process.stdin.pause();
  setTimeout(() => process.stdin.resume(), enterPause);
});
process.stdin.on('error', () => log.debug('standard input is closed; no fresh links by Enter'));

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), stopLimit);
  await Promise.all([host.close(), core.stop()]);
  await log.close();
  process.exit(0);
}
