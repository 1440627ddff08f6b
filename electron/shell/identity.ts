/** What the app is called towards systems and pages. */
export const appId = 'dev.cachedeck.app';
export const productName = 'Cachedeck';
export const scheme = 'app';
export const pageUrl = 'app://cachedeck/';
/** Shown in place of the page when that cannot run. Main's own document, while developing too. */
export const errorPageUrl = 'app://cachedeck/crashed';
const windowParameter = 'window';

/** The error page of one window: each tells its own fault. */
export function errorPageOf(webContentsId: number): string {
  return `${errorPageUrl}?${windowParameter}=${webContentsId}`;
}

/** The window that an error page's address names; null: none. */
export function windowOfErrorPage(url: URL): number | null {
  const id = Number(url.searchParams.get(windowParameter) ?? '');
  return Number.isInteger(id) && id > 0 ? id : null;
}

export function isErrorPage(url: string): boolean {
  return isEntryDocument(url, errorPageUrl);
}

/** Whether `url` is our page: the same document as the entry, whatever its fragment or query. */
export function isEntryDocument(url: string, entry: string): boolean {
  const asked = URL.parse(url);
  const own = URL.parse(entry);
  if (!asked || !own) return false;
  return originOf(asked) === originOf(own) && asked.pathname === own.pathname;
}

/** Whether `url` is one of the two documents that the window may show. */
export function isOwnDocument(url: string, entry: string): boolean {
  return isErrorPage(url) || isEntryDocument(url, entry);
}

/** Scheme and host; `URL.origin` is "null" for schemes that Node does not know. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}
