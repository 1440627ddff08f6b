import { homedir, release } from 'node:os';
import type { Runtime } from './core/ports.ts';

/** What this process runs on. */
export function thisRuntime(): Runtime {
  const { platform, arch, versions } = process;
  return {
    platform: { system: platform, release: release(), arch },
    node: versions.node,
    electron: versions['electron'] ?? null,
    home: homedir(),
  };
}
