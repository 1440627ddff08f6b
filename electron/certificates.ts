import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import type { Log } from './core/log.ts';

/**
 * Makes every request of this process trust what the operating system trusts, and the certificates in the PEM file that
 * `CACHEDECK_CA_FILE` names. Called once, before the first request. What cannot be read is told and left out.
 */
export function trustCertificates(environment: Readonly<Record<string, string | undefined>>, log: Log): void {
  const add = (what: string, read: () => readonly string[]): void => {
    try {
      const trusted = new Set([...tls.getCACertificates('default'), ...read()]);
      tls.setDefaultCACertificates([...trusted]); // refuses what is no certificate, and then changes nothing
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      log.warn(`${what} could not be used${code}; certificates that need it are not trusted.`);
    }
  };

  add('The certificate store of the system', () => tls.getCACertificates('system'));
  const file = environment['CACHEDECK_CA_FILE']?.trim();
  if (file) add('The file in CACHEDECK_CA_FILE', () => certificatesIn(readFileSync(file, 'utf8')));
}

/** Each certificate of a PEM file; private keys and comments in it are left alone. */
function certificatesIn(text: string): string[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!found) throw new Error('no certificate in the file');
  return found;
}
