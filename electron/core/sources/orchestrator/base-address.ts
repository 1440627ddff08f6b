import { SourceError } from '../source-error.ts';

/** Where an orchestrator was said to be. */
interface BaseAddress {
  /** Scheme, host and path prefix, without "/api/v1" and without a trailing slash in the path. */
  readonly root: URL;
  /** The operator's address ended in "/api/v1". */
  readonly versioned: boolean;
}

/**
 * Reads the address of an orchestrator: a path prefix (reverse proxy) and trailing slashes are fine.
 * @throws SourceError 'unreachable' for what is no http(s) address, or one that carries a secret or a query.
 */
export function readAddress(address: string): BaseAddress {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new SourceError('unreachable', 'The address of the orchestrator is not an http or https address.');
  }
  if (url.username || url.password || url.search) {
    throw new SourceError(
      'unreachable',
      'The address of the orchestrator must not contain a user name, a password or a query.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  const versioned = path.endsWith('/api/v1');
  const root = new URL(url.origin);
  root.pathname = versioned ? path.slice(0, -'/api/v1'.length) : path;
  return { root, versioned };
}
