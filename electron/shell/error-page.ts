import { pageHeaders } from '../hosts/page-headers.ts';
import { errorPageUrl, productName, windowOfErrorPage } from './identity.ts';

/** Why the page is not there, for the person in front of the window. */
export interface Fault {
  readonly title: string;
  /** What happened, in whole sentences. */
  readonly text: string;
  /** Names and values, for whoever looks into it. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export interface ErrorPageNeeds {
  /** What is wrong in a window; null: nothing, so it has no error page. */
  readonly faultOf: (webContentsId: number) => Fault | null;
  /** Where the link leads. */
  readonly entry: string;
  /** Path of the log; null: none is written. */
  readonly logFile: () => string | null;
}

/** Nothing but its own style sheet: what is shown may come from outside, and needs no script. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pagePath = new URL(errorPageUrl).pathname;
const stylePath = `${pagePath}.css`;

/** Colours of the page's own tokens; the theme reaches it through `prefers-color-scheme`. */
const style = `
:root { color-scheme: light dark; --page: #f3f5f7; --text: #1a1f26; --muted: #586374; --line: #d5dbe1; --link: #0b66c3; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1318; --text: #e6eaf0; --muted: #9aa4b2; --line: #2a323c; --link: #56b4e9; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 12vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; border-block: 1px solid var(--line); padding: 0.75rem 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid currentcolor; outline-offset: 3px; }
`;

/**
 * Answers the error page of a window and its style sheet; null: `url` is neither, or that window has no fault.
 * Main makes both, so they are there when the built page is not.
 */
export function serveErrorPage(url: URL, { faultOf, entry, logFile }: ErrorPageNeeds): Response | null {
  if (url.pathname === stylePath) return reply(style, 'text/css');
  const id = url.pathname === pagePath ? windowOfErrorPage(url) : null;
  const fault = id === null ? null : faultOf(id);
  return fault && reply(document(fault, entry, logFile()), 'text/html');
}

function reply(text: string, type: string): Response {
  return new Response(text, {
    headers: {
      ...pageHeaders(),
      'Content-Security-Policy': policy,
      'Content-Type': `${type}; charset=utf-8`,
    },
  });
}

function document({ title, text, facts }: Fault, entry: string, logFile: string | null): string {
  const log = logFile === null ? 'No log file is written.' : logFile;
  const rows = [...facts, ['Log', log] as const].map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · ${productName}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
<dl>${rows.join('')}</dl>
<p><a href="${escaped(entry)}">Open ${productName} again</a></p>
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}
