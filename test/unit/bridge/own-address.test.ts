import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { addressOf } from '../../../electron/hosts/own-address.ts';
import type { OwnAddress } from '../../../electron/hosts/own-address.ts';

const at = (host: string, address = host, port = 8123): OwnAddress => addressOf(host, { address, port });

describe('own address', () => {
  test('on loopback: three names, one link, closed to other machines', () => {
    const { url, hosts, exposed } = at('127.0.0.1');
    expect([url, exposed]).toEqual(['http://127.0.0.1:8123/', false]);
    expect([...hosts]).toEqual(['127.0.0.1:8123', 'localhost:8123', '[::1]:8123']);
  });

  test.each([
    ['localhost', '127.0.0.1', 'http://localhost:8123/'],
    ['localhost', '::1', 'http://localhost:8123/'],
    ['::1', '::1', 'http://[::1]:8123/'],
    ['127.1', '127.0.0.1', 'http://127.0.0.1:8123/'],
    ['::ffff:127.0.0.2', '::ffff:127.0.0.2', 'http://[::ffff:7f00:2]:8123/'],
  ])('%s bound to %s is closed to other machines', (host, address, url) => {
    expect(at(host, address)).toMatchObject({ url, exposed: false });
  });

  test('names and addresses are allowed as browsers write them', () => {
    expect([...at('Deck.lan', '192.0.2.7').hosts]).toEqual(
      expect.arrayContaining(['deck.lan:8123', '192.0.2.7:8123']),
    );
    expect(at('FD00:0::1', 'fd00::1').hosts.has('[fd00::1]:8123')).toBe(true);
    expect(at('FD00:0::1', 'fd00::1')).toMatchObject({ url: 'http://[fd00::1]:8123/', exposed: true });
  });

  test('no port is needed on 80 only, as browsers leave it out', () => {
    expect(at('127.0.0.1', '127.0.0.1', 80).hosts.has('localhost')).toBe(true);
    expect(at('127.0.0.1').hosts.has('localhost')).toBe(false);
  });

  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['0', '0.0.0.0'],
    ['::', '::'],
    ['::0', '::'],
  ])("on every address (%s) the machine's own name and addresses are added", (host, address) => {
    const { url, hosts, exposed } = at(host, address);
    expect([url, exposed]).toEqual(['http://127.0.0.1:8123/', true]);
    expect(hosts.has(`${hostname().toLowerCase()}:8123`)).toBe(true);
    expect(hosts.has('evil.example:8123')).toBe(false);
    expect(hosts.has('0.0.0.0:8123')).toBe(false);
  });

  test("one address does not bring the machine's name", () => {
    expect(at('127.0.0.1').hosts.has(`${hostname().toLowerCase()}:8123`)).toBe(false);
  });
});
