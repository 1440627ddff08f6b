import { hostname, networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';

/** Where a listening server is, and what it may be called. */
export interface OwnAddress {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  /** The values a Host header may have. */
  readonly hosts: ReadonlySet<string>;
  /** True where other machines can reach it. */
  readonly exposed: boolean;
}

/** As browsers write it: lower case, the shortest form of an address, IPv6 in brackets. */
function written(host: string): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return URL.parse(`http://${bracketed}`)?.hostname ?? bracketed.toLowerCase();
}

/**
 * `host` is what was asked for, `bound` what came of it: names and short forms ("0", "::0") are told apart there only.
 * Bound to every address, the machine's own addresses and name are among the hosts; a name from outside never is,
 * which is what stops DNS rebinding.
 */
export function addressOf(host: string, bound: Pick<AddressInfo, 'address' | 'port'>): OwnAddress {
  const { address, port } = bound;
  const onEvery = address === '0.0.0.0' || address === '::';
  const names = [
    '127.0.0.1',
    'localhost',
    '[::1]',
    ...(onEvery ? [hostname()] : [host, address]).map(written),
  ];
  if (onEvery) {
    for (const found of Object.values(networkInterfaces())) {
      for (const each of found ?? []) names.push(written(each.address));
    }
  }
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return {
    url: `http://${onEvery ? '127.0.0.1' : written(host)}:${port}/`,
    hosts: new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]),
    exposed: !isLoopback,
  };
}
