import type { Session } from 'electron';
import { originOf } from './identity.ts';

/** Writing text to the clipboard after a click: the one thing the page may do beyond showing itself. */
const allowed = 'clipboard-sanitized-write';

/** Denies every permission to every page, but the allowed one to ours. Both handlers are needed. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
  entry: string,
): void {
  const own = originOf(new URL(entry));
  const isOwn = (url: string): boolean => {
    const parsed = URL.parse(url);
    return parsed !== null && originOf(parsed) === own;
  };
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === allowed && details.isMainFrame && isOwn(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === allowed && isOwn(origin),
  );
}
