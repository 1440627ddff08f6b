import type { VpnNode, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import { spanText } from '../../../shared/model/age.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { EventDraft } from './event-log.ts';
import { FlapGuard, settledText, unstableText } from './flap-guard.ts';

/** Where a VPN's traffic leaves it. */
interface Exit {
  readonly address: string;
  readonly country: string | null;
}

type Text = Pick<EventDraft, 'severity' | 'title' | 'detail'>;

/**
 * Turns what a backend says about its VPNs into events: connected or not, exit, emergency mode. Unknown is no news: what
 * was known before stays.
 */
export class VpnWatch {
  readonly #clock: Clock;
  readonly #record: (event: EventDraft) => void;
  readonly #guard: FlapGuard;
  #connected: boolean | null = null;
  #disconnectedAt: Stamp | null = null;
  #emergency: boolean | null = null;
  #emergencyAt: Stamp | null = null;
  readonly #exits = new Map<string, Exit>();

  constructor(clock: Clock, record: (event: EventDraft) => void) {
    this.#clock = clock;
    this.#record = record;
    this.#guard = new FlapGuard(clock);
  }

  /** @param reading a fresh one; null: there is none now */
  tick(reading: Reading<VpnStatus> | null, watchedFor: number): void {
    const status = reading?.value;
    if (status && status.mode === 'disabled') this.#forget();
    else if (status) {
      this.#connection(status, reading.age ?? 0);
      this.#emergencyMode(status);
      for (const node of status.nodes) this.#exit(node, status.nodes.length > 1);
    }
    const changes = this.#guard.settled(watchedFor);
    if (changes !== null && this.#connected !== null) {
      const now = this.#connected ? 'Connected' : 'Disconnected';
      this.#tell({ severity: this.#connected ? 'info' : 'bad', ...settledText('VPN', now, changes) });
    }
  }

  /** A VPN that is switched off is neither lost nor back. */
  #forget(): void {
    this.#connected = null;
    this.#emergency = null;
    this.#exits.clear();
  }

  #connection(status: VpnStatus, age: number): void {
    const before = this.#connected;
    const now = status.connected;
    if (now === null || now === before) return;
    this.#connected = now;
    const down = this.#disconnectedAt;
    this.#disconnectedAt = now ? null : stamp(this.#clock);
    if (before === null) return;
    if (now) {
      const detail = down ? `Was disconnected for ${spanText(spanSince(this.#clock, down))}.` : null;
      this.#change({ severity: 'info', title: 'VPN connected', detail });
    } else {
      const when = age < 2000 ? 'just now' : `${spanText(age)} ago`;
      const detail = `Reported by the orchestrator ${when}.${errorsOf(status.nodes)}`;
      this.#change({ severity: 'bad', title: 'VPN disconnected', detail });
    }
  }

  #emergencyMode(status: VpnStatus): void {
    const before = this.#emergency;
    // Where a server tells nothing of it while it tells the rest, it is over.
    const now = status.emergency?.active ?? false;
    if (now === before) return;
    this.#emergency = now;
    const since = this.#emergencyAt;
    this.#emergencyAt = now ? stamp(this.#clock) : null;
    if (before === null) return;
    if (now) {
      const failed = status.emergency?.failedVpn ?? null;
      const healthy = status.emergency?.healthyVpn ?? null;
      const parts = [failed && `${failed} failed.`, healthy && `Everything runs over ${healthy}.`];
      this.#change({
        severity: 'attention',
        title: 'VPN emergency mode entered',
        detail: parts.filter((part) => part !== null && part !== '').join(' ') || null,
      });
    } else {
      const detail = since ? `Lasted ${spanText(spanSince(this.#clock, since))}.` : null;
      this.#change({ severity: 'info', title: 'VPN emergency mode ended', detail });
    }
  }

  #exit(node: VpnNode, several: boolean): void {
    if (node.publicIp === null) return;
    const name = node.name ?? '';
    const before = this.#exits.get(name);
    const now = { address: node.publicIp, country: node.country ?? before?.country ?? null };
    this.#exits.set(name, now);
    if (!before) return;
    const moved = before.country !== null && now.country !== before.country;
    if (!moved && now.address === before.address) return;
    this.#change({
      severity: 'info',
      title: moved ? 'VPN exit country changed' : 'VPN exit address changed',
      detail: `${several && name !== '' ? `${name}: ` : ''}${exitText(before)} → ${exitText(now)}`,
    });
  }

  #change(text: Text): void {
    switch (this.#guard.change()) {
      case 'quiet':
        return;
      case 'unstable':
        return this.#tell({ severity: 'attention', ...unstableText('VPN') });
      case 'tell':
        return this.#tell(text);
    }
  }

  #tell(text: Text): void {
    this.#record({ kind: 'vpn', subject: 'vpn:status', ...text });
  }
}

function exitText({ address, country }: Exit): string {
  return country === null ? address : `${address} (${country})`;
}

function errorsOf(nodes: readonly VpnNode[]): string {
  return nodes
    .filter(({ error }) => error !== null && error !== '')
    .map(({ name, error }) => ` ${name ?? 'VPN'}: ${error}`)
    .join('');
}
