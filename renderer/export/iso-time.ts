import { zoneOffset } from '../ui/zone.ts';

const minute = 60_000;

/** 2026-01-15T14:03:07.123+01:00: the moment with the offset that the operator's zone had then. */
export function isoInZone(at: number): string {
  const offset = Math.round(zoneOffset(at) / minute);
  const shown = new Date(at + offset * minute).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${shown}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
