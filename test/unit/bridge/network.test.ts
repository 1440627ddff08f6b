import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { hasNetwork } from '../../../electron/hosts/network.ts';

type Address = NonNullable<ReturnType<typeof networkInterfaces>[string]>[number];

const own: Address = {
  address: '127.0.0.1',
  netmask: '255.0.0.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal: true,
  cidr: '127.0.0.1/8',
};
const lan: Address = { ...own, address: '192.168.1.7', internal: false, cidr: '192.168.1.7/24' };

test.each([
  ['no interface at all', {}, false],
  ['only the loopback', { lo: [own] }, false],
  ['one without addresses', { lo: [own], eth0: undefined, wlan0: [] }, false],
  ['one with an address', { lo: [own], eth0: [own, lan] }, true],
])('%s', (_case, interfaces, has) => {
  expect(hasNetwork(interfaces)).toBe(has);
});

test('this machine is asked by default', () => {
  expect(hasNetwork()).toBe(hasNetwork(networkInterfaces()));
});
