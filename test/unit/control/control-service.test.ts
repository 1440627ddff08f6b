import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlService } from '../../../electron/core/control/control-service.ts';
import type { OpenControl } from '../../../electron/core/control/control-service.ts';
import { controlDocument } from '../../../electron/core/control/stored.ts';
import type { ControlApi } from '../../../electron/core/control/types.ts';
import { openDocument } from '../../../electron/core/storage/document.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { memoryLog } from '../../support/bridge-fixture.ts';
import { keysOf } from '../../support/keys-of.ts';
import { StorageBed } from '../../support/storage-bed.ts';

const api: ControlApi = {
  owns: () => true,
  answer: () => Promise.resolve({ status: 200, headers: {}, body: {} }),
};

/** A real server on loopback, so that a port that is taken is taken. */
const open: OpenControl = async (port) => {
  const server = createServer((_request, response) => response.end('it answers'));
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function freePort(): Promise<number> {
  const opened = await open(0, api);
  const port = Number(new URL(opened.url).port);
  await opened.close();
  return port;
}

/** Both held at once, so that they differ. */
async function twoFreePorts(): Promise<readonly [number, number]> {
  const [one, two] = [await open(0, api), await open(0, api)];
  await Promise.all([one.close(), two.close()]);
  return [Number(new URL(one.url).port), Number(new URL(two.url).port)];
}

let bed: StorageBed;
let services: ControlService[];
beforeEach(() => {
  bed = new StorageBed();
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.stop()));
  bed.remove();
});

function service(way: OpenControl | null = open, keys = keysOf()) {
  const document = openDocument({
    ...controlDocument,
    folder: bed.folder,
    clock: bed.clock,
    problems: bed.problems,
    openStore: openConfStore,
  });
  const log = memoryLog();
  const made = new ControlService({ document, keys, open: way, log });
  services.push(made);
  return { control: made, keys, log };
}

describe('with a port of its own', () => {
  test('it is off until it is switched on, then where it says, and again after a restart', async () => {
    const port = await freePort();
    const { control } = service();
    await control.start(api);
    expect(control.state.value).toMatchObject({ on: false, port: 8000, url: null, besidePage: false });
    await control.configure({ on: true, port });
    expect(control.state.value).toMatchObject({ on: true, port, url: `http://127.0.0.1:${port}/` });
    expect(await (await fetch(control.state.value.url ?? '')).text()).toBe('it answers');
    await control.stop();
    const { control: next } = service();
    await next.start(api);
    expect(next.state.value.url).toBe(`http://127.0.0.1:${port}/`);
    await next.configure({ on: false, port });
    expect(next.state.value).toMatchObject({ on: false, port, url: null });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });

  test('a port that is taken is told in a sentence and tried again with the next choice', async () => {
    const other = createServer();
    await listen(other, 0);
    const { port } = other.address() as AddressInfo;
    const { control, log } = service();
    await control.start(api);
    const fault = `Port ${port} is taken by another program. Choose another one.`;
    await expect(control.configure({ on: true, port })).rejects.toMatchObject({
      code: 'unavailable',
      message: fault,
    });
    expect(control.state.value).toMatchObject({ on: true, port, url: null, fault });
    expect(log.lines).toEqual([`warn: control: ${fault}`]);
    await new Promise((resolve) => other.close(resolve));
    await control.configure({ on: true, port });
    expect(control.state.value).toMatchObject({ fault: null, url: `http://127.0.0.1:${port}/` });
  });

  test('a port that is taken at the start hinders nothing else', async () => {
    const port = await freePort();
    const first = service().control;
    await first.configure({ on: true, port });
    await first.stop();
    const other = createServer();
    await listen(other, port);
    const second = service().control;
    await second.start(api);
    expect(second.state.value.fault).toContain('is taken by another program');
    await new Promise((resolve) => other.close(resolve));
  });

  test('choices follow each other: the last one is in effect', async () => {
    const [one, two] = await twoFreePorts();
    const { control } = service();
    await control.start(api);
    await Promise.all([
      control.configure({ on: true, port: one }),
      control.configure({ on: true, port: two }),
      control.configure({ on: true, port: one }),
    ]);
    expect(control.state.value.url).toBe(`http://127.0.0.1:${one}/`);
    await expect(fetch(`http://127.0.0.1:${two}/`)).rejects.toThrow('fetch failed');
  });

  test('what it cannot say a word of its own about it repeats', async () => {
    const { control } = service(() => Promise.reject(new Error('the cable is out')));
    await control.start(api);
    await expect(control.configure({ on: true, port: 9 })).rejects.toThrow(
      'The control API cannot listen on port 9: the cable is out.',
    );
  });

  test('after the stop nothing opens any more', async () => {
    const port = await freePort();
    const { control } = service();
    await control.start(api);
    await control.stop();
    await control.configure({ on: true, port });
    expect(control.state.value.url).toBeNull();
  });

  test('a new key is told', async () => {
    const { control, keys } = service();
    keys.add({ name: 'One', role: 'viewer', key: 'x'.repeat(40) });
    expect(control.state.value.keys.map(({ name }) => name)).toEqual(['One']);
    expect(JSON.stringify(control.state.value)).not.toContain('xxxx');
  });
});

describe('beside the page', () => {
  test('it answers where the page is for as long as there is a key', async () => {
    const { control, keys } = service(null);
    await control.start(api);
    control.servedAt('http://127.0.0.1:5000/');
    expect(control.state.value).toMatchObject({ on: false, url: null, besidePage: true });
    const id = keys.add({ name: 'One', role: 'viewer', key: 'x'.repeat(40) });
    expect(control.state.value).toMatchObject({ on: true, url: 'http://127.0.0.1:5000/' });
    keys.remove(id);
    expect(control.state.value).toMatchObject({ on: false, url: null });
    await expect(control.configure({ on: true, port: 8000 })).rejects.toMatchObject({ code: 'conflict' });
  });
});
