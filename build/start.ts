import { Children, stopOnSignal } from './children.ts';
import { buildApp, isFresh } from './build-app.ts';
import { archiveCached, downloadUrl, electronVersion, findElectron } from './electron-binary.ts';
import { answers, downloadElectron } from './electron-download.ts';
import { runBrowserHost, runDesktop } from './run-host.ts';
import { fallbackSentence, planStart, readArguments } from './start-plan.ts';
import type { StartArguments } from './start-plan.ts';

/** Ten minutes unless CACHEDECK_DOWNLOAD_LIMIT_S says otherwise. */
function downloadLimitMs(): number {
  const seconds = Number(process.env['CACHEDECK_DOWNLOAD_LIMIT_S']);
  return (seconds > 0 ? seconds : 600) * 1000;
}

/** `npm start` and `npm run serve`: build what changed, then the desktop app, or the browser host where it cannot run. */
async function start(wanted: StartArguments, children: Children): Promise<number> {
  if (!isFresh()) await buildApp(children);
  const version = electronVersion();
  const plan = await planStart({
    platform: process.platform,
    uid: process.getuid?.() ?? null,
    environment: process.env,
    browserWanted: wanted.browserWanted,
    findRuntime: () => findElectron(),
    canDownload: async () =>
      archiveCached(process.env, version) || answers(children, downloadUrl(process.env, version)),
    download: () => downloadElectron(children, { version, limitMs: downloadLimitMs(), out: process.stdout }),
  });
  if (plan.host === 'desktop') {
    const result = await runDesktop(children, plan.binary, wanted.profile);
    if (result.started) return result.exitCode;
    if (!children.stopping) console.log(fallbackSentence(`The desktop app did not start (${result.why})`));
  } else if (plan.reason !== null && !children.stopping) console.log(plan.reason);
  return children.stopping ? 0 : runBrowserHost(children, wanted.passedOn);
}

const children = new Children();
stopOnSignal(() => children.stop());
try {
  const wanted = readArguments(process.argv.slice(2));
  const code = await start(wanted, children);
  if (!children.stopping) process.exit(code);
} catch (error) {
  if (!children.stopping) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
