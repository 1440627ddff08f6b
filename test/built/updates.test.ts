import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inProject } from '../../build/paths.ts';
import { startLoopback } from '../support/loopback.ts';
import type { Loopback } from '../support/loopback.ts';
import type { UpdatePlay } from './updates-scenario.ts';

/** What stands where the AppImage stood; started, it writes down what it was told. */
const newImage = `#!/bin/sh
printf '%s' "exit=$APPIMAGE_EXIT_AFTER_INSTALL" > "$STARTED.part" && mv "$STARTED.part" "$STARTED"
`;

let folder = '';
let server: Loopback;
/** What each request says to tell this installation from others. */
let ids: unknown[] = [];
/** What the server says is newest; null: it has no list. */
let list: { version: string; sha512: string } | null;
const sha512 = (text: string): string => createHash('sha512').update(text).digest('base64');
const image = (): string => join(folder, 'Cachedeck.AppImage');
const started = (): string => join(folder, 'started');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-updates-'));
  mkdirSync(join(folder, 'resources'));
  list = { version: '1.2.0', sha512: sha512(newImage) };
  ids = [];
  server = await startLoopback(({ url = '', headers }, response) => {
    ids.push(headers['x-user-staging-id']);
    if (/^\/latest-linux[^/]*\.yml/.test(url) && list) {
      const file = `{url: new.AppImage, sha512: ${list.sha512}, size: ${newImage.length}}`;
      response.end(
        `version: ${list.version}\npath: new.AppImage\nsha512: ${list.sha512}\nfiles: [${file}]\nreleaseDate: '2026-01-15T13:00:00.000Z'\n`,
      );
    } else if (url === '/new.AppImage') response.end(newImage);
    else response.writeHead(404).end();
  });
  writeFileSync(
    join(folder, 'resources', 'app-update.yml'),
    `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: cachedeck-updater\n`,
  );
  writeFileSync(image(), 'the old one');
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Plays the built bundle as an AppImage whose operator takes each step; `end`: how the run ends. */
async function play(end: 'restart' | 'quit', environment: Record<string, string> = {}): Promise<UpdatePlay> {
  const child = fork(inProject('test/built/updates-scenario.ts'), [end, join(folder, 'resources')], {
    silent: true,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      CACHEDECK_PROFILE: 'demo',
      CACHEDECK_LOG: 'error',
      APPIMAGE: image(),
      APPDIR: dirname(process.execPath),
      STARTED: started(),
      ...environment,
    },
  });
  let written = '';
  child.stderr?.on('data', (chunk: Buffer) => (written += String(chunk)));
  const message = once(child, 'message').then(([told]) => told as UpdatePlay);
  const ended = once(child, 'exit');
  const told = await Promise.race([message, ended.then(() => null)]);
  if (!told) throw new Error(`The bundle failed:\n${written}`);
  await ended;
  return told;
}

const stages = ({ states }: UpdatePlay): string[] => [...new Set(states.map(({ stage }) => stage))];

describe.runIf(process.platform === 'linux')(
  'an update of the built bundle, with the real electron-updater',
  () => {
    it('is found, downloaded, put in place and started again, each when asked for', async () => {
      const told = await play('restart');
      expect(told.refused).toEqual([]);
      expect(stages(told)).toEqual(['unknown', 'checking', 'available', 'downloading', 'ready']);
      expect(told.states.at(-1)).toMatchObject({ version: '1.2.0', why: null });
      expect(readFileSync(image(), 'utf8')).toBe(newImage);
      expect(statSync(image()).mode & 0o100).toBe(0o100);
      expect(new Set(ids)).toEqual(new Set(['none']));
      await expect.poll(() => existsSync(started()) && readFileSync(started(), 'utf8')).toBe('exit=');
      // The parts have stopped and the lock is free before the new copy is started.
      const order = told.calls.filter((name) =>
        ['app.quit', 'app.releaseSingleInstanceLock', 'app.exit'].includes(name),
      );
      expect(order.slice(0, 2)).toEqual(['app.quit', 'app.releaseSingleInstanceLock']);
      expect(order.at(-1)).toBe('app.exit');
    });

    it('is put in place on an ordinary quit, and not started', async () => {
      const told = await play('quit');
      expect(told.states.at(-1)?.stage).toBe('ready');
      expect(readFileSync(image(), 'utf8')).toBe(newImage);
      // electron-updater starts it once to be put in place; ours ends at once when told so, see below.
      expect(readFileSync(started(), 'utf8')).toBe('exit=true');
      expect(told.calls).not.toContain('app.releaseSingleInstanceLock');
    });

    it('that was damaged on its way is thrown away', async () => {
      list = { version: '1.2.0', sha512: sha512('another file') };
      const told = await play('quit');
      expect(told.states.at(-1)).toMatchObject({
        stage: 'failed',
        version: '1.2.0',
        why: 'The download is damaged: its checksum is not the published one. It was thrown away.',
      });
      expect(readFileSync(image(), 'utf8')).toBe('the old one');
      expect(existsSync(started())).toBe(false);
    });

    it('is none where the server has an older version', async () => {
      chmodSync(image(), 0o755);
      list = { version: '0.0.0-beta.1', sha512: sha512(newImage) };
      const told = await play('quit');
      expect(told.states.at(-1)).toMatchObject({ stage: 'current', version: null });
      expect(server.requests.filter((request) => request.includes('AppImage'))).toEqual([]);
    });

    it('that cannot be looked up is said in a sentence, and nobody is counted', async () => {
      list = null;
      const told = await play('quit');
      expect(told.states.at(-1)).toMatchObject({
        stage: 'failed',
        why: 'The update server has no list of versions for this system.',
      });
      expect(ids).toEqual(['none']);
    });

    it('is left to the package manager of a deb; nothing is asked and electron-updater is not used', async () => {
      writeFileSync(join(folder, 'resources', 'package-type'), 'deb');
      const told = await play('quit');
      expect(told.states).toMatchObject([
        { stage: 'off', why: 'This copy was installed as a package (deb): the package manager updates it.' },
      ]);
      expect(server.requests).toEqual([]);
      expect(existsSync(join(folder, 'cache', 'cachedeck-updater'))).toBe(false);
    });

    it('ends a run that only puts the new copy in place, before anything else', async () => {
      const told = await play('quit', { APPIMAGE_EXIT_AFTER_INSTALL: 'true' });
      expect(told.calls).toEqual(['app.exit']);
    });
  },
);
