import type { VpnStatus } from '../../../../shared/contract/orchestrator.ts';
import type { Load } from './finding.ts';

/**
 * ms; a real server whose VPN is down calls it healthy for about 4 s of every 30, because its second look at the
 * container is throttled. Connected within that time only is not connected.
 */
const healthyGlimpse = 4000;

/**
 * Whether the VPN is down: enabled and not connected; in redundant mode the server calls either of the two connected.
 * Once down, it is up again when two loads in a row say so that are further apart than a glimpse of health.
 */
export class VpnConnection {
  #down: boolean | null = null;
  /** The first load of those in a row that say connected, UTC ms. */
  #connectedSince: number | null = null;

  /** @returns null: the reply does not tell */
  isDown({ value, at }: Load<VpnStatus>): boolean | null {
    const down = saysDown(value);
    if (down !== false || isOff(value)) {
      this.#connectedSince = null;
      this.#down = down;
      return down;
    }
    this.#connectedSince ??= at;
    // Either way: a clock that was set back says nothing of how far the two are apart.
    const held = Math.abs(at - this.#connectedSince) > healthyGlimpse;
    if (this.#down !== true || held) this.#down = false;
    return this.#down;
  }
}

function saysDown(value: VpnStatus): boolean | null {
  if (isOff(value)) return false;
  const used = value.enabled === true || value.mode === 'single' || value.mode === 'redundant';
  return used && value.connected !== null ? !value.connected : null;
}

function isOff({ mode, enabled }: VpnStatus): boolean {
  return mode === 'disabled' || enabled === false;
}

/** Whether one of two VPNs carries everything. With none left, what the server says of it is of no use. */
export function isEmergency(value: VpnStatus): boolean | null {
  if (isOff(value) || value.emergency?.active !== true) return false;
  return value.connected === false ? null : true;
}
