import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BuildResult } from 'electron-builder';

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * electron-builder calls this when all installers are made. Writes their checksums beside them, in the format of
 * `sha256sum --check`, one file for each system so that those of several builds can lie in one folder.
 * @returns what else belongs to the release
 */
export default async function writeChecksums(
  result: Pick<BuildResult, 'outDir' | 'artifactPaths'>,
  platform: NodeJS.Platform = process.platform,
): Promise<string[]> {
  if (result.artifactPaths.length === 0) return [];
  const lines: string[] = [];
  for (const path of result.artifactPaths.toSorted())
    lines.push(`${await sha256(path)}  ${basename(path)}\n`);
  const file = join(result.outDir, `SHA256SUMS-${platform}.txt`);
  await writeFile(file, lines.join(''));
  return [file];
}
