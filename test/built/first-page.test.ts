import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inProject } from '../../build/paths.ts';

/** What the first page may weigh, in bytes with gzip: whatever is not on it belongs into a chunk of its own page. */
const most = 300_000;

test('the first page with all that its document names weighs at most 300 KB', () => {
  const html = readFileSync(inProject('out/renderer/index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
  expect(named).toHaveLength(3); // the script that comes before the first paint, the app and its styles
  const files = ['index.html', ...named].map((file) => readFileSync(inProject(`out/renderer/${file}`)));
  const bytes = files.map((file) => gzipSync(file).length).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(most / 10);
  expect(bytes).toBeLessThanOrEqual(most);
});
