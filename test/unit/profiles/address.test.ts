import { describe, expect, it } from 'vitest';
import { addressFault } from '../../../electron/core/profiles/address.ts';

const fault = (url: string, allowHttp = false) => addressFault({ url, allowHttp }, 'It');

describe('addresses', () => {
  it.each([
    'https://orchestrator.example',
    ' https://orchestrator.example:8443/api/v1/ ',
    'http://127.0.0.1:8000',
    'http://127.9.9.9',
    'http://127.1:8000',
    'http://localhost:8000/prefix',
    'http://LOCALHOST',
    'http://[::1]:8000',
    'http://[0:0:0:0:0:0:0:1]',
  ])('%s is fine', (url) => {
    expect(fault(url)).toBeNull();
  });

  it.each([
    ['', 'It must be an http or https address.'],
    ['orchestrator:8000', 'It must be an http or https address.'],
    ['ftp://host', 'It must be an http or https address.'],
    ['http://', 'It must be an http or https address.'],
    ['https://me:pass@host', 'It must not carry credentials.'],
    ['https://me@host', 'It must not carry credentials.'],
    ['https://host/?key=1', 'It must not carry a query (what follows the ?).'],
    ['https://host/?', 'It must not carry a query (what follows the ?).'],
    ['https://host/#a', 'It must not carry a fragment (what follows the #).'],
    ['https://host/#', 'It must not carry a fragment (what follows the #).'],
  ])('%s: %s', (url, sentence) => {
    expect(fault(url, true)).toBe(sentence);
  });

  it.each([
    'http://10.0.0.5:8000',
    'http://orchestrator',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://[::2]',
    'http://0.0.0.0',
    'http://1270.0.0.1.nip.io',
  ])('%s needs a permission', (url) => {
    expect(fault(url)).toBe(
      'It is plain http to another machine, which sends keys and passwords readable: use https, or allow plain http for it.',
    );
    expect(fault(url, true)).toBeNull();
  });
});
