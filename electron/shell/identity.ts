/** What the app is called towards systems and pages. */
export const appId = 'dev.cachedeck.app';
export const productName = 'Cachedeck';
export const scheme = 'app';
export const pageUrl = 'app://cachedeck/';

/** Whether `url` is our page: the same document as the entry, whatever its fragment or query. */
export function isEntryDocument(url: string, entry: string): boolean {
  const asked = URL.parse(url);
  const own = URL.parse(entry);
  if (!asked || !own) return false;
  return originOf(asked) === originOf(own) && asked.pathname === own.pathname;
}

/** Scheme and host; `URL.origin` is "null" for schemes that Node does not know. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}
