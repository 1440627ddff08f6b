import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { allowedHosts, isWildcard } from '../../../electron/hosts/request-guard.ts';

describe('allowed hosts', () => {
  test('are loopback by its three names and the address that was asked for', () => {
    expect([...allowedHosts('127.0.0.1', 8123)]).toEqual(['127.0.0.1:8123', 'localhost:8123', '[::1]:8123']);
    expect(allowedHosts('deck.lan', 8123).has('deck.lan:8123')).toBe(true);
    expect(allowedHosts('FD00::1', 8123).has('[fd00::1]:8123')).toBe(true);
  });

  test('need no port on 80 only, as browsers leave it out', () => {
    expect(allowedHosts('127.0.0.1', 80).has('localhost')).toBe(true);
    expect(allowedHosts('127.0.0.1', 8123).has('localhost')).toBe(false);
  });

  test("add the machine's own name and addresses where it listens on all", () => {
    for (const every of ['0.0.0.0', '::', '[::]']) {
      expect(isWildcard(every)).toBe(true);
      expect(allowedHosts(every, 8123).has(`${hostname().toLowerCase()}:8123`)).toBe(true);
      expect(allowedHosts(every, 8123).has('evil.example:8123')).toBe(false);
    }
    expect(isWildcard('127.0.0.1')).toBe(false);
    expect(allowedHosts('127.0.0.1', 8123).has(`${hostname().toLowerCase()}:8123`)).toBe(false);
  });
});
