import type { Session } from 'electron';
import { originOf } from './identity.ts';

/** What the page may do beyond showing itself: write text to the clipboard after a click, keep a wallboard's screen on. */
const allowed: readonly string[] = ['clipboard-sanitized-write', 'screen-wake-lock'];

/** Denies every permission to every page, but the allowed ones to ours. Both handlers are needed. */
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
    answer(allowed.includes(permission) && details.isMainFrame && isOwn(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => allowed.includes(permission) && isOwn(origin),
  );
}
