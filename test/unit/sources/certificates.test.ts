import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { trustCertificates } from '../../../electron/certificates.ts';
import { startTlsLoopback } from '../../support/loopback-tls.ts';
import { recordingLog } from '../../support/recording-log.ts';
import {
  issuedCertificate,
  selfSignedCertificate,
  testAuthority,
  testServerKey,
} from '../../support/test-certificates.ts';

const shipped = getCACertificates('default');
beforeEach(() => setDefaultCACertificates(shipped));

/** How many of some certificates are not trusted. They come back in lines of another length. */
function untrusted(certificates: readonly string[]): number {
  const content = (pem: string) => pem.replaceAll(/\s/g, '');
  const trusted = new Set(getCACertificates('default').map(content));
  return certificates.filter((one) => !trusted.has(content(one))).length;
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ca.pem');
  writeFileSync(path, text);
  return path;
}

async function answerOf(certificate: string): Promise<string> {
  const server = await startTlsLoopback(certificate, (_, response) => void response.end('hello'));
  onTestFinished(() => server.close());
  return fetch(server.url).then(
    (response) => response.text(),
    (error: unknown) => (error instanceof Error ? String((error.cause as NodeJS.ErrnoException).code) : ''),
  );
}

describe('trusted certificates', () => {
  it('nothing of ours is trusted to begin with', async () => {
    expect(await answerOf(selfSignedCertificate)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it.each([
    ['the server’s own certificate', selfSignedCertificate, selfSignedCertificate],
    ['its authority', testAuthority, issuedCertificate],
    [
      'several of them, with a key and words in between',
      `# ours\n${selfSignedCertificate}${testServerKey}${testAuthority}`,
      issuedCertificate,
    ],
  ])('a file with %s makes fetch trust it', async (_, file, certificate) => {
    const { log, lines } = recordingLog();
    trustCertificates({ CACHEDECK_CA_FILE: fileWith(file) }, log);
    expect(await answerOf(certificate)).toBe('hello');
    expect(lines).toEqual([]);
  });

  it('what was trusted before still is, and the system’s come with it', () => {
    trustCertificates({}, recordingLog().log);
    expect(untrusted(shipped)).toBe(0);
    expect(untrusted(getCACertificates('system'))).toBe(0);
  });

  it.each([
    ['that is not there', () => '/nowhere/ca.pem', '(ENOENT)'],
    ['without a certificate', () => fileWith(testServerKey), ''],
    [
      'with a damaged one',
      () => fileWith(selfSignedCertificate.replaceAll(/M[A-Za-z0-9]{8}/g, 'MAAAAAAAA')),
      '(ERR_',
    ],
  ])('a file %s is told, and changes nothing', async (_, path, code) => {
    const { log, lines } = recordingLog();
    trustCertificates({ CACHEDECK_CA_FILE: path() }, log);
    expect(lines).toEqual([expect.stringContaining('The file in CACHEDECK_CA_FILE could not be used')]);
    expect(lines[0]).toContain(code);
    expect(lines[0]).not.toContain('PRIVATE');
    expect(untrusted(shipped)).toBe(0);
    expect(await answerOf(selfSignedCertificate)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});
