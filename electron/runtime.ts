import { homedir, release } from 'node:os';
import type { Usage } from './core/footprint/footprint.ts';
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

/** What this process uses; Electron's others, which draw and compute for the page, are not in it. */
export function thisUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() };
}
