import type { Session } from 'electron';
import { scheme } from './identity.ts';

/** Whether the page may ask for `url`. Backends are asked by the main process alone. */
export function requestAllowed(url: string, devServerUrl: string | null): boolean {
  const asked = URL.parse(url);
  if (!asked) return false;
  // A data URL carries its own content: nothing leaves the machine.
  if ([`${scheme}:`, 'devtools:', 'data:'].includes(asked.protocol)) return true;
  const server = devServerUrl === null ? null : URL.parse(devServerUrl);
  return server !== null && ['http:', 'ws:'].includes(asked.protocol) && asked.host === server.host;
}

/** Cancels every request of a page that is not for the app's own files. */
export function cancelForeignRequests(
  session: { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> },
  devServerUrl: string | null,
): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !requestAllowed(details.url, devServerUrl) });
  });
}
