import { isRecord } from '../sources/server-detail.ts';

/**
 * When a JSON web token stops being valid by its own `exp` (RFC 7519, 4.1.4), UTC ms. The signature is the portal's to
 * check; this only saves asking with what is dead already.
 * @returns null for a token of another kind, or one that does not say
 */
export function tokenExpiry(token: string): number | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const exp = isRecord(claims) ? claims['exp'] : null;
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null;
}
