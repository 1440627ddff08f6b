import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../electron/hosts/page-headers.ts';
import { serveErrorPage } from '../../../electron/shell/error-page.ts';
import type { ErrorPageNeeds, Fault } from '../../../electron/shell/error-page.ts';
import { backgrounds } from '../../../electron/shell/window.ts';

const fault: Fault = {
  title: 'The page stopped working',
  text: 'Its process crashed, for the second time within ten minutes.',
  facts: [
    ['Reason', 'crashed'],
    ['Exit code', '5'],
  ],
};
const needs: ErrorPageNeeds = {
  faultOf: (id) => (id === 3 ? fault : null),
  entry: 'app://cachedeck/',
  logFile: () => '/home/op/.config/Cachedeck/logs/main.log',
};

const at = (path: string): URL => new URL(path, 'app://cachedeck/');

async function html(over: Partial<ErrorPageNeeds> = {}): Promise<string> {
  return (await serveErrorPage(at('crashed?window=3'), { ...needs, ...over })?.text()) ?? '';
}

describe('the error page', () => {
  it('says what happened, where the log is and how to go on', async () => {
    const text = await html();
    expect(text).toContain('<h1>The page stopped working</h1>');
    expect(text).toContain('Its process crashed');
    expect(text).toContain('<dt>Exit code</dt><dd>5</dd>');
    expect(text).toContain('<dt>Log</dt><dd>/home/op/.config/Cachedeck/logs/main.log</dd>');
    expect(text).toContain('<a href="app://cachedeck/">Open Cachedeck again</a>');
    expect(await html({ logFile: () => null })).toContain('No log file is written.');
  });

  it('runs nothing and loads nothing but its own style sheet', async () => {
    const reply = serveErrorPage(at('crashed?window=3'), needs);
    const policy = reply?.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(policy).not.toMatch(/script-src|connect-src|unsafe/);
    expect(policy).not.toBe(contentSecurityPolicy);
    expect(reply?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await html()).not.toMatch(/<script|<style| style=| on\w+=/);
  });

  it('takes what it is told as text', async () => {
    const text = await html({
      faultOf: () => ({ ...fault, facts: [['Reason', `<img src=x onerror="a('b')">&`]] }),
      logFile: () => '/tmp/<b>"log"</b>',
    });
    expect(text).toContain('&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;');
    expect(text).toContain('/tmp/&lt;b&gt;&quot;log&quot;&lt;/b&gt;');
    expect(text).not.toMatch(/<img|<b>/);
  });

  it('is light or dark as the system or the setting says, in the colours of the window', async () => {
    const style = (await serveErrorPage(at('crashed.css'), needs)?.text()) ?? '';
    expect(style).toContain('@media (prefers-color-scheme: dark)');
    expect(style).toContain(`--page: ${backgrounds.light}`);
    expect(style).toContain(`--page: ${backgrounds.dark}`);
  });

  it('is there for the window that has a fault, and nowhere else', () => {
    const others = [
      'crashed?window=4',
      'crashed',
      'crashed?window=',
      'crashed?window=x',
      '',
      'crashed/?window=3',
    ];
    expect(others.filter((path) => serveErrorPage(at(path), needs) !== null)).toEqual([]);
    expect(serveErrorPage(at('crashed?window=3'), { ...needs, faultOf: () => null })).toBeNull();
  });
});
