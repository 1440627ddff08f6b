import type { IncomingMessage } from 'node:http';

const embeddings = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** True when the Host header names this server. */
export function hostAllowed(request: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const host = single(request.headers.host);
  return host !== null && hosts.has(host.toLowerCase());
}

/** True for a top-level visit: a link followed or an address typed, which may come from anywhere. */
function isVisit(request: IncomingMessage): boolean {
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
 * `visitable`: a person may come from elsewhere; to what only programs read, a visit is somebody else's doing.
 */
export function originRefusal(
  request: IncomingMessage,
  { originNeeded, visitable }: { readonly originNeeded: boolean; readonly visitable: boolean },
): string | null {
  const { headers } = request;
  const destination = single(headers['sec-fetch-dest']);
  if (destination !== null && embeddings.has(destination)) return 'Cachedeck cannot be shown inside a page.';
  const origin = single(headers.origin);
  if (origin === null && originNeeded) return 'The request does not say where it comes from.';
  if (origin !== null && origin.toLowerCase() !== `http://${(headers.host ?? '').toLowerCase()}`) {
    return 'The request comes from another origin.';
  }
  if (fromElsewhere(request) && !(visitable && isVisit(request))) {
    return 'The request comes from another site.';
  }
  return null;
}
