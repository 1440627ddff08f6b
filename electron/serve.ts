import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startAppCore } from './core/app-core.ts';
import { systemClock } from './core/clock.ts';
import { consoleLog, logLevelFrom } from './core/log.ts';
import { startHttpHost } from './hosts/http-host.ts';
import { openBrowser } from './hosts/open-browser.ts';
import { profileFromEnvironment } from './profile-from-environment.ts';

/** The browser host: the same product over loopback HTTP, for machines without a desktop. */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    profile: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  },
});

const log = consoleLog(logLevelFrom(process.env['CACHEDECK_LOG']));
const environment = values.profile ? { ...process.env, CACHEDECK_PROFILE: values.profile } : process.env;

const core = await startAppCore({
  clock: systemClock,
  random: Math.random,
  log,
  version: APP_VERSION,
  host: 'browser',
  capabilities: { tray: false, notifications: false, quit: false },
  profile: profileFromEnvironment(environment),
  environment,
});
const host = await startHttpHost({
  core,
  pageFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
  host: values.host,
  port: portFrom(values.port),
  clock: systemClock,
  log,
  apiKey: process.env['CACHEDECK_API_KEY'] ?? null,
});

core.onNotice((notice) => console.log(`${notice.title}. ${notice.body}`));
console.log(
  `Cachedeck is ready in the browser:\n\n  ${host.newLink()}\n\nThe link works once. Enter prints a fresh one, Ctrl-C stops.`,
);
if (!values['no-open']) openBrowser(host.newLink());

process.stdin.on('data', () => console.log(`  ${host.newLink()}`));
process.stdin.on('error', () => log.debug('standard input is closed; no fresh links by Enter'));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all([host.close(), core.stop()]);
  process.exit(0);
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`--port takes a whole number from 0 to 65535, not ${text}.`);
  return process.exit(2);
}
