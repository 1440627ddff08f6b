import { startDemo } from '../../electron/core/demo/demo-server.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { silentLog } from '../../electron/core/log.ts';
import { startControlHost } from '../../electron/hosts/control-host.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';

/*
 * The control API in a process of its own, before a demo orchestrator that counts what reaches it. Its parent is told
 * where it listens, and asks for the counts by any message.
 */

const demo = await startDemo({ clock: systemClock, random: Math.random });
const key = process.env['BENCH_KEY'] ?? '';
const { core } = await startCoreOnDemo({
  profile: null,
  environment: {
    CACHEDECK_API_KEY_VIEWER: key,
    CACHEDECK_ORCHESTRATOR_URL: demo.url,
    CACHEDECK_ORCHESTRATOR_KEY: demo.apiKey,
  },
});
const host = await startControlHost(0, core.controlApi, silentLog);

process.on('message', (paths: readonly string[]) => {
  process.send?.({ counts: paths.map((path) => demo.requestCount(path)) });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: host.url });
