/**
 * What a caller may do: a viewer sees, an operator refreshes, pauses, snoozes and signs in to backends, an admin removes,
 * provisions and changes settings, profiles and keys. Each role includes the ones before it.
 */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody of role `held` may do what needs `needed`. */
export function covers(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
