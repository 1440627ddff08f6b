const userPrefix = 'user:';

/** The scope of a portal user. */
export function userScope(ref: string): string {
  return userPrefix + ref;
}

/** Whose scope it is, by the id that sessions go by; null: a resource's. */
export function userOfScope(scope: string): string | null {
  return scope.startsWith(userPrefix) ? scope.slice(userPrefix.length) : null;
}
