/** An address as a profile, a variable or an imported file gives it. */
interface Address {
  readonly url: string;
  /** Plain http to another machine is wanted. */
  readonly allowHttp: boolean;
}

/**
 * The one rule for addresses: http or https, nothing secret in them, and plain http only to this machine unless the
 * operator allows it. Returns what is wrong as a plain sentence that does not repeat the address; null: nothing is.
 * @param subject how the sentence names the address: "The address of the orchestrator"
 * @param permission how one allows plain http, in the imperative
 */
export function addressFault(
  { url: text, allowHttp }: Address,
  subject: string,
  permission = 'allow plain http for it',
): string | null {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return `${subject} must be an http or https address.`;
  }
  if (url.username || url.password) return `${subject} must not carry credentials.`;
  // Looked for in the text: a lone ? or # leaves nothing in the parsed address.
  if (text.includes('?')) return `${subject} must not carry a query (what follows the ?).`;
  if (text.includes('#')) return `${subject} must not carry a fragment (what follows the #).`;
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    return `${subject} is plain http to another machine, which sends keys and passwords readable: use https, or ${permission}.`;
  }
  return null;
}

/** Whether an address leads to this machine, which no network is needed for. */
export function isOnThisMachine(url: string): boolean {
  const hostname = URL.parse(url)?.hostname;
  return hostname !== undefined && isLoopback(hostname);
}

/** `hostname` as `URL` writes it: IPv4 in four decimal parts, IPv6 in brackets and shortened, lower case. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
