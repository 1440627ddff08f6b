import { execFileSync } from 'node:child_process';
import { electronVersion } from './electron-binary.ts';

// npm run electron-support: whether the Electron we ship still gets security fixes. Asks npm's registry for the newest.

/** Electron's team supports the newest three stable majors (electronjs.org/docs/latest/tutorial/electron-timelines). */
const supportedMajors = 3;

/**
 * A sentence, and whether Electron `ours` is supported while `newest` is out.
 * @throws Error when one is not a version
 */
export function supportOf(
  ours: string,
  newest: string,
): { readonly supported: boolean; readonly says: string } {
  const [own = Number.NaN, last = Number.NaN] = [ours, newest].map((version) => Number.parseInt(version, 10));
  if (Number.isNaN(own) || Number.isNaN(last)) throw new Error(`Not versions: ${ours}, ${newest}.`);
  const behind = last - own;
  const supported = behind < supportedMajors;
  const state = supported ? 'is supported' : 'gets no security fixes any more: update it in package.json';
  return { supported, says: `Electron ${ours} ${state} (newest is ${newest}).` };
}

if (import.meta.main) {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run it as npm run electron-support.');
  const newest = execFileSync(process.execPath, [npm, 'view', 'electron', 'version'], { timeout: 60_000 });
  const { supported, says } = supportOf(electronVersion(), newest.toString().trim());
  console.log(says);
  process.exitCode = supported ? 0 : 1;
}
