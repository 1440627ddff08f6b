const beginning = 'not on this system: ';

/** Why a test is skipped on a system that has no such thing. Other skips are of what somebody could install. */
export function notHere(why: string): string {
  return beginning + why;
}

export function isNotHere(reason: string): boolean {
  return reason.startsWith(beginning);
}
