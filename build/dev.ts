import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { createBuilder } from 'vite';
import type { Plugin, ProxyOptions, ViteDevServer } from 'vite';
import { Children, stopOnSignal } from './children.ts';
import type { Child } from './children.ts';
import { findElectron } from './electron-binary.ts';
import { inProject, root } from './paths.ts';
import { hasDisplay } from './start-plan.ts';

/** The desktop runtime, where it can start here; null: develop in the browser. */
function desktopRuntime(): string | null {
  const rootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  return rootOnLinux || !hasDisplay(process.platform, process.env) ? null : findElectron();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

/** Sends the bridge's paths to the browser host, which accepts only its own name as Host and Origin. */
function toBrowserHost(target: string): Record<string, ProxyOptions> {
  return {
    '^/(rpc/.*|feeds|login)(\\?.*)?$': {
      target,
      changeOrigin: true,
      configure(proxy) {
        proxy.on('proxyReq', (request) => {
          if (request.hasHeader('origin')) request.setHeader('origin', target);
        });
      },
    },
  };
}

/** Builds `bundles` again at each change of their sources. `onBuilt` runs after each, the first included. */
async function watch(
  bundles: readonly string[],
  onBuilt: (bundle: string) => void,
): Promise<() => Promise<void>> {
  const builder = await createBuilder({
    configFile: inProject('vite.config.ts'),
    mode: 'development',
    logLevel: 'warn',
    build: { watch: {} },
  });
  const closing: (() => Promise<void>)[] = [];
  for (const bundle of bundles) {
    const environment = builder.environments[bundle];
    if (!environment) throw new Error(`There is no bundle ${bundle}.`);
    const watcher = await builder.build(environment);
    if (!('on' in watcher)) throw new Error('The build does not watch.');
    let failed = false; // a failed build ends too, and leaves the old bundle in place
    watcher.on('event', (event) => {
      if (event.code === 'START') failed = false;
      if (event.code === 'ERROR') {
        failed = true;
        console.error(event.error.message);
      }
      if (event.code === 'END' && !failed) onBuilt(bundle);
    });
    closing.push(() => watcher.close());
  }
  return async () => {
    await Promise.all(closing.map((close) => close()));
  };
}

/** One process that is started again with each new bundle. */
class Restarted {
  readonly #children: Children;
  readonly #start: () => Child;
  #current: Child | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(children: Children, start: () => Child) {
    this.#children = children;
    this.#start = start;
  }

  /** Ends the old process before the new one starts: they would contend for the instance lock or the port. */
  restart(): void {
    this.#queue = this.#replace(this.#queue);
  }

  async #replace(former: Promise<void>): Promise<void> {
    await former;
    const old = this.#current;
    this.#current = null; // its end is ours, not the person's
    if (old) await this.#children.end(old);
    if (!this.#children.stopping) this.#current = this.#start();
  }

  isCurrent(child: Child): boolean {
    return this.#current === child;
  }
}

/** Electron on the dev server's page; the dev server ends when the person quits the app. */
async function developDesktop(server: ViteDevServer, children: Children, binary: string) {
  const url = server.resolvedUrls?.local[0] ?? '';
  async function endWithApp(child: Child): Promise<void> {
    const { signal, code } = await child.ended;
    if (!app.isCurrent(child) || signal !== null || code !== 0 || children.stopping) return;
    await server.close();
    process.exit(0);
  }
  const app: Restarted = new Restarted(children, () => {
    const child = children.start(binary, [root], {
      stdio: 'inherit',
      env: { ...process.env, VITE_DEV_SERVER_URL: url },
    });
    void endWithApp(child);
    return child;
  });
  return watch(['preload', 'main'], (bundle) => {
    if (bundle === 'main') app.restart();
    else server.ws.send({ type: 'full-reload' });
  });
}

/** The browser host behind the dev server; each start prints the one link that signs in. */
async function developInBrowser(server: ViteDevServer, children: Children, port: number) {
  const page = server.resolvedUrls?.local[0] ?? '/';
  const host = new Restarted(children, () => {
    const child = children.start(
      process.execPath,
      [inProject('out/serve/index.js'), '--port', String(port), '--no-open'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (child.process.stdout) {
      createInterface({ input: child.process.stdout }).on('line', (line) => {
        const code = /\/login\?code=\S+/.exec(line)?.[0];
        if (code !== undefined) console.log(`\n  Cachedeck in the browser: ${new URL(code, page).href}\n`);
      });
    }
    return child;
  });
  return watch(['serve'], () => host.restart());
}

/**
 * The development loop for `vite`: the page with hot replacement, main, preload and browser host built and started
 * again at each change, in Electron where it can start and in the browser elsewhere. Leaves no process behind.
 */
export function developmentHosts(): Plugin {
  const binary = desktopRuntime();
  let port = 0;
  return {
    name: 'cachedeck:development-hosts',
    apply: 'serve',
    async config() {
      if (binary !== null) return {};
      port = await freePort();
      return { server: { proxy: toBrowserHost(`http://127.0.0.1:${port}`) } };
    },
    configureServer(server) {
      const children = new Children();
      let stopWatching: () => Promise<void> = async () => {};
      const stop = async (): Promise<void> => {
        await Promise.all([children.stop(), stopWatching()]);
      };
      stopOnSignal(stop);
      process.on('exit', () => children.kill());
      server.httpServer?.once('close', () => void stop());
      server.httpServer?.once('listening', () => {
        // Vite fills in its addresses after this event.
        setImmediate(() => {
          const started =
            binary === null
              ? developInBrowser(server, children, port)
              : developDesktop(server, children, binary);
          started.then(
            (close) => (stopWatching = close),
            (error: unknown) => server.config.logger.error(String(error)),
          );
        });
      });
    },
  };
}
