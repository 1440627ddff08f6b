/**
 * The page's content security policy, the same over `app://` and HTTP. Sent as a header, because
 * `frame-ancestors` does nothing in a meta tag.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What the sign-in page is allowed beside: to post its form here. Without a referrer at all a browser would send the
 * form with the origin "null", which is nobody's.
 */
export const formHeaders = {
  'Content-Security-Policy': contentSecurityPolicy.replace("form-action 'none'", "form-action 'self'"),
  'Referrer-Policy': 'same-origin',
} as const;

/** Headers of every reply, whatever it carries. `cache`: the Cache-Control value. */
export function pageHeaders(cache = 'no-store'): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': cache,
  };
}
