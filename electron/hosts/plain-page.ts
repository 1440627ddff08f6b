import type { ServerResponse } from 'node:http';
import { send } from './http-replies.ts';
import { formHeaders } from './page-headers.ts';

/** Where the style of these pages is; nobody has to be signed in for it. */
export const plainStylePath = '/login.css';

/** Colours of the page's own tokens; the system decides between light and dark. */
const style = `
:root { color-scheme: light dark; --page: #f3f5f7; --surface: #fff; --text: #1a1f26; --line: #b5bec8; --accent: #0b66c3; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1318; --surface: #171c23; --text: #e6eaf0; --line: #4a5563; --accent: #56b4e9; --on-accent: #0f1318; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 12vh auto 0; padding: 0 1.5rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
form { margin-top: 1.5rem; }
form p { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
label { flex: 1 1 12rem; font-size: 0.875rem; }
input, button { box-sizing: border-box; min-height: 36px; border: 1px solid var(--line); border-radius: 6px; font: inherit; font-size: 0.9375rem; }
input { width: 100%; margin-top: 0.25rem; padding: 0 0.625rem; background: var(--surface); color: var(--text); }
button { padding: 0 1rem; border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const keyForm =
  '<form method="post" action="/login"><p><label>API key<br>' +
  '<input type="password" name="key" required autofocus autocomplete="current-password" maxlength="500"></label> ' +
  '<button>Sign in</button></p></form>';

export function sendPlainStyle(response: ServerResponse): void {
  send(response, 200, 'text/css; charset=utf-8', style);
}

/** A plain page for a person: no script, and nothing loaded but its style. `keyForm`: a key may be typed to sign in. */
export function sendPlainPage(
  response: ServerResponse,
  status: number,
  text: string,
  options: { readonly refreshTo?: string; readonly keyForm?: boolean } = {},
): void {
  const refresh = options.refreshTo ? `<meta http-equiv="refresh" content="0;url=${options.refreshTo}">` : '';
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<link rel="stylesheet" href="${plainStylePath}">${refresh}<title>Cachedeck</title></head>` +
    `<body><main><h1>Cachedeck</h1><p>${text}</p>${options.keyForm ? keyForm : ''}</main></body></html>`;
  send(response, status, 'text/html; charset=utf-8', page, options.keyForm ? formHeaders : {});
}
