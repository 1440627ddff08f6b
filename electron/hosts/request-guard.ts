import type { IncomingMessage } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';

const embeddings = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** True for an address that means every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}

/**
 * The values a Host header may have. Bound to every address, the machine's own addresses and name are added;
 * a name from outside is never among them, which is what stops DNS rebinding.
 */
export function allowedHosts(host: string, port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bracketed(host)];
  if (isWildcard(host)) {
    names.push(hostname());
    for (const addresses of Object.values(networkInterfaces())) {
      for (const { address } of addresses ?? []) names.push(bracketed(address));
    }
  }
  const own = names.map((name) => name.toLowerCase());
  return new Set([...own.map((name) => `${name}:${port}`), ...(port === 80 ? own : [])]);
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** True when the Host header names this server. */
export function hostAllowed(request: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const host = single(request.headers.host);
  return host !== null && hosts.has(host.toLowerCase());
}

/** True for a top-level visit: a link followed or an address typed, which may come from anywhere. */
export function isVisit(request: IncomingMessage): boolean {
  const { headers } = request;
  return (
    request.method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** True when the browser says that the request began on another site or another port of this machine. */
export function fromElsewhere(request: IncomingMessage): boolean {
  const site = single(request.headers['sec-fetch-site']);
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/**
 * Why a request with a good Host is still refused, or null. Another port of this machine is the same *site*, and
 * cookies ignore ports, so only the same origin will do. `originNeeded`: requests that change something.
 */
export function originRefusal(request: IncomingMessage, originNeeded: boolean): string | null {
  const { headers } = request;
  const destination = single(headers['sec-fetch-dest']);
  if (destination !== null && embeddings.has(destination)) return 'Cachedeck cannot be shown inside a page.';
  const origin = single(headers.origin);
  if (origin === null && originNeeded) return 'The request does not say where it comes from.';
  if (origin !== null && origin.toLowerCase() !== `http://${(headers.host ?? '').toLowerCase()}`) {
    return 'The request comes from another origin.';
  }
  if (fromElsewhere(request) && !isVisit(request)) return 'The request comes from another site.';
  return null;
}
