import type { VpnNode, VpnStatus } from '../../shared/contract/orchestrator.ts';
import { spanText } from '../../shared/model/age.ts';
import type { Word } from './orchestrator-words.ts';

/** One VPN in a word. Docker's word stands where the container itself is the trouble. */
export function nodeWord({ health, status, error }: VpnNode): Word {
  if (status === 'not_found') return { glyph: '✕', word: 'Container not found', role: 'bad' };
  if (status === 'error' || error !== null) return { glyph: '?', word: 'Unknown', role: 'neutral' };
  if (status !== null && status !== 'running') {
    return { glyph: '✕', word: `Container ${status}`, role: 'bad' };
  }
  switch (health) {
    case 'healthy':
      return { glyph: '●', word: 'Healthy', role: 'ok' };
    case 'unhealthy':
      return { glyph: '✕', word: 'Unhealthy', role: 'bad' };
    case 'starting':
      return { glyph: '◔', word: 'Starting', role: 'attention' };
    case 'unknown':
      return { glyph: '?', word: 'Unknown', role: 'neutral' };
  }
}

const isUp = ({ health }: VpnNode): boolean => health === 'healthy';

/**
 * The VPN as a whole. The server calls the pair connected when either is up, so one that is down shows only
 * in the nodes. "Disabled" is said only when the server says so.
 */
export function vpnWord({ mode, enabled, connected, nodes, nodesTotal, nodesHealthy }: VpnStatus): Word {
  if (mode === 'disabled' || enabled === false) return { glyph: '–', word: 'Disabled', role: 'neutral' };
  if (nodes.length > 1) {
    const up = nodes.filter(isUp).length;
    if (up === nodes.length) return { glyph: '●', word: 'Connected', role: 'ok' };
    if (up > 0) return { glyph: '▲', word: `${up} of ${nodes.length} up`, role: 'attention' };
    return nodes.every(({ health }) => health === 'unknown')
      ? { glyph: '?', word: 'Unknown', role: 'neutral' }
      : { glyph: '✕', word: nodes.length === 2 ? 'Both down' : 'All down', role: 'bad' };
  }
  const only = nodes[0];
  if (only?.health === 'starting') return { glyph: '◔', word: 'Starting', role: 'attention' };
  if (only?.health === 'unknown' && connected !== true)
    return { glyph: '?', word: 'Unknown', role: 'neutral' };
  if (!only && nodesTotal !== null && nodesHealthy !== null) {
    if (nodesTotal === 0) return { glyph: '–', word: 'None', role: 'neutral' };
    if (nodesHealthy === 0) return { glyph: '✕', word: 'Down', role: 'bad' };
    if (nodesHealthy < nodesTotal) {
      return { glyph: '▲', word: `${nodesHealthy} of ${nodesTotal} up`, role: 'attention' };
    }
    return { glyph: '●', word: 'Connected', role: 'ok' };
  }
  if (connected === null) return { glyph: '?', word: 'Unknown', role: 'neutral' };
  return connected
    ? { glyph: '●', word: 'Connected', role: 'ok' }
    : { glyph: '✕', word: 'Disconnected', role: 'bad' };
}

const modeWords: Readonly<Record<VpnStatus['mode'], string>> = {
  disabled: 'The orchestrator runs without a VPN.',
  single: 'one VPN',
  redundant: 'redundant pair',
  unknown: 'mode not reported',
};

/** "Emergency mode for 63 s" where it is active, else the mode. */
export function modeLine({ mode, emergency }: VpnStatus): string {
  if (!emergency?.active) return modeWords[mode];
  if (emergency.durationSeconds === null) return 'Emergency mode';
  return `Emergency mode for ${spanText(emergency.durationSeconds * 1000)}`;
}

/** What emergency mode means, or null. With both down the server still names one of them healthy. */
export function emergencyWords({ emergency, nodes }: VpnStatus): string | null {
  if (!emergency?.active) return null;
  const failed = emergency.failedVpn ?? 'One VPN';
  if (nodes.length > 1 && !nodes.some(isUp)) return `${failed} failed first, and now no VPN is up.`;
  const rest = emergency.healthyVpn === null ? '' : ` Everything runs behind ${emergency.healthyVpn}.`;
  return `${failed} is down and its engines are stopped.${rest}`;
}

/** Where the traffic leaves: "Amsterdam, Netherlands". */
export function placeText({ city, country }: VpnNode): string | null {
  const parts = [city, country].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
