import { createHash } from 'node:crypto';
import { maskAccount } from '../logs/redact.ts';

/** An e-mail address nobody can have: there is no shared session for people without one. */
export class UserIdError extends Error {
  override readonly name = 'UserIdError';
}

/**
 * The user an e-mail address stands for: Unicode NFC, trimmed, lower case.
 * @throws UserIdError when nothing is left of it
 */
export function normaliseEmail(email: string): string {
  // Lower case may take a text out of NFC, so that goes last.
  const normal = email.trim().toLowerCase().normalize('NFC');
  if (normal === '') throw new UserIdError('A session needs an e-mail address.');
  return normal;
}

/**
 * Names the user in keys, files and statistics without telling the address: 128 bits of its SHA-256, as hex. The same
 * on each run, so that files are found again.
 * @throws UserIdError for a blank address
 */
export function userRef(email: string): string {
  return createHash('sha256').update(normaliseEmail(email)).digest('hex').slice(0, 32);
}

/** Whether a text can be a reference to a user at all. */
export function isUserRef(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** `user1@example.com` as `u•••1@example.com`; only the mark for what has no @. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0 ? maskAccount('') : maskAccount(email.slice(0, at)) + email.slice(at);
}
