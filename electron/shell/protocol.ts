import type { Protocol } from 'electron';
import { pageHeaders } from '../hosts/page-headers.ts';
import { readPageFile } from '../hosts/static-files.ts';
import { originOf, pageUrl, scheme } from './identity.ts';

/** Makes `app:` a scheme like https to the page. Once, before the app is ready. */
export function declareScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the built page at `app://cachedeck` with the headers the browser host sends too.
 * @param ownReply what main answers itself at an address of ours; null: the folder answers
 */
export function servePage(
  protocol: Pick<Protocol, 'handle'>,
  folder: string,
  ownReply: (url: URL) => Response | null,
): void {
  const own = originOf(new URL(pageUrl));
  protocol.handle(scheme, async (request) => {
    const url = URL.parse(request.url);
    if (!url || originOf(url) !== own) return refusal(404);
    if (request.method !== 'GET') return refusal(405);
    const made = ownReply(url);
    if (made) return made;
    const file = await readPageFile(folder, url.pathname);
    if (file.status !== 200) return refusal(file.status);
    return new Response(new Uint8Array(file.body), {
      headers: { ...pageHeaders(file.cache), 'Content-Type': file.type },
    });
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: pageHeaders() });
}
