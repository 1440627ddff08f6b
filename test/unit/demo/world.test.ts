import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../electron/core/demo/orchestrator/world.ts';
import type { World } from '../../../electron/core/demo/orchestrator/world-state.ts';
import { seededRandom } from '../../support/eager-clock.ts';

const start = Date.UTC(2030, 0, 1);
const second = 1000;
const minute = 60 * second;
const newWorld = (seed = 7): World => createWorld({ now: start, random: seededRandom(seed) });
const up = (world: World) => world.vpns().map((vpn) => vpn.up);

/** Looks at the world every second for some minutes. */
function watch(world: World, minutes: number, look: (at: number) => void): void {
  for (let at = world.now() + second; at <= start + minutes * minute; at += second) {
    world.advance(at);
    look(at);
  }
}

describe('the demo world', () => {
  it('starts with eight engines behind two VPNs and a few streams', () => {
    const world = newWorld();
    expect(world.engines).toHaveLength(8);
    expect(new Set(world.engines.map(({ id }) => id)).size).toBe(8);
    expect(new Set(world.engines.map(({ port }) => port)).size).toBe(8);
    for (const container of ['gluetun1', 'gluetun2']) {
      const behind = world.engines.filter(({ vpn }) => vpn.container === container);
      expect(behind).toHaveLength(4);
      expect(behind.filter(({ forwarded }) => forwarded)).toHaveLength(1);
    }
    expect(up(world)).toEqual([true, true]);
    expect(world.streams.length).toBeGreaterThan(0);
  });

  it('is the same for the same random numbers, and another for others', () => {
    const [one, two, other] = [newWorld(3), newWorld(3), newWorld(4)];
    for (const world of [one, two, other]) world.advance(start + 5 * minute);
    expect(JSON.stringify([one.engines, one.streams, one.events])).toBe(
      JSON.stringify([two.engines, two.streams, two.events]),
    );
    expect(JSON.stringify(one.engines)).not.toBe(JSON.stringify(other.engines));
  });

  it.each([1, 2, 3, 4, 5])('stays believable for half an hour (seed %i)', (seed) => {
    const world = newWorld(seed);
    let received = 0;
    let mostStreams = 0;
    watch(world, 30, () => {
      const total = world.engines.reduce((sum, engine) => sum + engine.received, 0);
      expect(total).toBeGreaterThan(received);
      received = total;
      for (const { cpu, memory } of world.engines) {
        expect(cpu).toBeGreaterThan(0);
        expect(cpu).toBeLessThan(100);
        expect(memory).toBeGreaterThan(50 * 1024 ** 2);
        expect(memory).toBeLessThan(1024 ** 3);
      }
      const active = world.streams.filter(({ endedAt }) => endedAt === null);
      mostStreams = Math.max(mostStreams, active.length);
      expect(active.length).toBeLessThanOrEqual(7);
    });
    expect(mostStreams).toBeGreaterThan(1);
    expect(world.streams.some(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('loses one VPN for some seconds every few minutes, never both', () => {
    const world = newWorld();
    const flaps: { from: number; to: number }[] = [];
    let down = false;
    watch(world, 60, (at) => {
      const now = up(world).includes(false);
      expect(up(world)).toContain(true);
      expect(world.emergency !== null).toBe(now);
      if (now && !down) flaps.push({ from: at, to: at });
      const last = flaps.at(-1);
      if (now && last) last.to = at + second;
      down = now;
    });
    expect(flaps.length).toBeGreaterThanOrEqual(10);
    expect(flaps.length).toBeLessThanOrEqual(25);
    for (const { from, to } of flaps) {
      expect(to - from).toBeGreaterThanOrEqual(12 * second);
      expect(to - from).toBeLessThanOrEqual(26 * second);
    }
    const noted = world.events.filter(({ type }) => type === 'vpn').map(({ category }) => category);
    expect(noted.slice(0, 4)).toEqual(['disconnected', 'recovered', 'disconnected', 'recovered']);
  });

  it('ignores time that goes back and takes a day of suspend in a moment', () => {
    const world = newWorld();
    world.advance(start - minute);
    expect(world.now()).toBe(start);
    world.advance(start + 24 * 60 * minute);
    expect(world.now()).toBe(start + 24 * 60 * minute);
    expect(world.engines.every(({ cpu }) => Number.isFinite(cpu))).toBe(true);
    expect(world.events.length).toBeLessThanOrEqual(500);
  });

  it('follows the scripts for its VPNs and comes back', () => {
    const world = newWorld();
    world.setScript('both-down');
    expect(up(world)).toEqual([false, false]);
    expect(world.emergency?.failed.container).toBe('gluetun2');
    world.setScript('single-flapping');
    const seen: string[] = [];
    for (let at = 0; at < 120; at += 1) {
      const [vpn, ...others] = world.vpns();
      expect(others).toEqual([]);
      seen.push(vpn?.up ? (vpn.verified ? 'up+ip' : 'up') : 'down');
      world.advance(world.now() + second);
    }
    const half = (word: string) => Array.from({ length: 30 }, () => word);
    expect(seen).toEqual([...half('down'), ...half('up+ip'), ...half('down'), ...half('up')]);
    expect(world.emergency).toBeNull();
    world.setScript('redundant');
    expect(up(world)).toEqual([true, true]);
  });
});
