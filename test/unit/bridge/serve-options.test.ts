import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { listenFailure, readServeOptions } from '../../../electron/hosts/serve-options.ts';
import { bridgeFixture } from '../../support/bridge-fixture.ts';
import { serveFixture } from '../../support/browser-session.ts';

describe('command line', () => {
  test('asks for nothing: loopback, any port, a browser', () => {
    expect(readServeOptions([])).toEqual({
      host: '127.0.0.1',
      port: 0,
      profile: null,
      open: true,
      role: 'admin',
    });
  });

  test('all of it', () => {
    const args = ['--host', '::1', '--port=8123', '--profile', 'demo', '--role=viewer', '--no-open'];
    expect(readServeOptions(args)).toEqual({
      host: '::1',
      port: 8123,
      profile: 'demo',
      open: false,
      role: 'viewer',
    });
  });

  test.each([
    ['--port=abc', '--port takes a whole number from 0 to 65535, not "abc".'],
    ['--port=', '--port takes a whole number from 0 to 65535, not "".'],
    ['--port=0x10', '--port takes a whole number from 0 to 65535, not "0x10".'],
    ['--port=65536', '--port takes a whole number from 0 to 65535, not "65536".'],
    ['--host=', '--host takes an address or a name, not nothing.'],
    ['--role=owner', '--role takes viewer, operator or admin, not "owner".'],
    ['--bogus', "Unknown option '--bogus'. Cachedeck takes --host"],
    ['stray', "Unexpected argument 'stray'. Cachedeck takes --host"],
  ])('%s is refused in a sentence', (argument, sentence) => {
    expect(() => readServeOptions([argument])).toThrow(sentence);
  });
});

describe('a host that cannot listen', () => {
  const failure = (host: string, port: number): Promise<string> =>
    serveFixture(bridgeFixture(), tmpdir(), { host, port }).then(
      () => 'listens',
      (error: unknown) => listenFailure(error, { host, port }),
    );

  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await failure('127.0.0.1', port)).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port, or leave it out.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  test("an address of another machine's, for documentation only", async () => {
    expect(await failure('203.0.113.9', 0)).toBe(
      'This machine has no address 203.0.113.9. Choose one of its own with --host, or leave it out.',
    );
  });

  test.each([
    ['EACCES', 'This account may not listen on port 80. Choose one above 1023 with --port, or leave it out.'],
    [
      'ENOTFOUND',
      "There is no address for deck. Choose one of this machine's own with --host, or leave it out.",
    ],
    ['EOTHER', 'Cachedeck cannot listen on deck: broken.'],
  ])('%s', (code, sentence) => {
    const error = Object.assign(new Error('broken'), { code });
    expect(listenFailure(error, { host: 'deck', port: 80 })).toBe(sentence);
  });
});
