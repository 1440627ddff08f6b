import { useMemo } from 'react';
import type { History } from '../../shared/contract/events.ts';
import { spanText } from '../../shared/model/age.ts';
import { countText, percentText } from '../ui/format.ts';
import type { Frame, Series } from './chart-data.ts';
import { ChartPanel } from './chart-panel.tsx';
import { extentOf, perMinute, sumOf } from './rates.ts';

interface Props {
  readonly frame: Frame | undefined;
  readonly history: History | undefined;
  /** "the last hour", within a sentence. */
  readonly when: string;
}

const none: readonly Series[] = [];
const whole = (value: number): string => countText(value);
const tenths = (value: number): string =>
  value < 10 && !Number.isInteger(value) ? value.toFixed(1) : countText(value);

/** What was asked of the app, and what it asked of the backend. */
export function TrafficChart({ frame, history, when }: Props) {
  const series = useMemo(
    () =>
      history
        ? [
            { id: 'lookups', label: 'Requests', values: lookupsPerMinute(history) },
            { id: 'calls', label: 'Backend calls', values: perMinute(history, 'backendCalls') },
          ]
        : none,
    [history],
  );
  const [lookups, calls] = history ? [sumOf(lookupsOf(history)), sumOf(history.series.backendCalls)] : [0, 0];
  return (
    <ChartPanel
      title="Requests and backend calls"
      frame={history && frame}
      series={series}
      unit="/min"
      format={tenths}
      least={10}
      summary={
        history
          ? `In ${when}: ${countText(lookups)} requests of pages, ${countText(calls)} calls to the backend.`
          : ''
      }
    />
  );
}

/** How old the watched values were at each tick. */
export function AgeChart({ frame, history, when }: Props) {
  const series = useMemo(
    () =>
      history
        ? [
            { id: 'totals', label: 'Engine totals', values: seconds(history.series.ageTotals) },
            { id: 'status', label: 'Orchestrator', values: seconds(history.series.ageStatus) },
            { id: 'vpn', label: 'VPN', values: seconds(history.series.ageVpn) },
          ]
        : none,
    [history],
  );
  const oldest = Math.max(0, ...series.map(({ values }) => extentOf(values)?.most ?? 0));
  return (
    <ChartPanel
      title="Data age at each poll"
      frame={history && frame}
      series={series}
      unit=" s"
      format={tenths}
      least={5}
      summary={
        history
          ? `In ${when} nothing shown was older than ${spanText(Math.ceil(oldest) * 1000)} on average.`
          : ''
      }
    />
  );
}

/** Engines and streams as the orchestrator counts them. */
export function FleetChart({ frame, history, when }: Props) {
  const series = useMemo(
    () =>
      history
        ? [
            { id: 'total', label: 'Engines', values: history.series.enginesTotal },
            { id: 'healthy', label: 'healthy', values: history.series.enginesHealthy },
            { id: 'streams', label: 'Streams', values: history.series.streamsActive },
          ]
        : none,
    [history],
  );
  const healthy = history && extentOf(history.series.enginesHealthy);
  return (
    <ChartPanel
      title="Engines and streams"
      frame={history && frame}
      series={series}
      unit=""
      format={tenths}
      least={5}
      summary={
        healthy
          ? `In ${when} between ${whole(healthy.least)} and ${whole(healthy.most)} engines were healthy.`
          : `Nothing was reported in ${when}.`
      }
    />
  );
}

/** The part of the time the VPN was connected: 100 % above, 0 % below. */
export function VpnChart({ frame, history, when }: Props) {
  const series = useMemo(
    () =>
      history ? [{ id: 'vpn', label: 'Connected', values: percents(history.series.vpnConnected) }] : none,
    [history],
  );
  const known = history?.series.vpnConnected.filter((value) => value !== null) ?? [];
  const share = known.length === 0 ? null : (100 * sumOf(known)) / known.length;
  return (
    <ChartPanel
      title="VPN connected"
      frame={history && frame}
      series={series}
      unit=" %"
      format={percentText}
      least={100}
      most={100}
      summary={
        share === null
          ? `No fresh answer about a VPN in ${when}.`
          : `Connected ${percentText(share)} % of the time that is known of ${when}.`
      }
    />
  );
}

function lookupsOf({ series }: History): (number | null)[] {
  return series.hits.map((hits, index) => {
    const rest = [series.staleHits[index], series.misses[index], series.coalesced[index]];
    return hits === null ? null : rest.reduce<number>((sum, one) => sum + (one ?? 0), hits);
  });
}

function lookupsPerMinute(history: History): (number | null)[] {
  return lookupsOf(history).map((value) => (value === null ? null : (value * 60_000) / history.bucketMs));
}

function seconds(values: readonly (number | null)[]): (number | null)[] {
  return values.map((ms) => (ms === null ? null : ms / 1000));
}

function percents(values: readonly (number | null)[]): (number | null)[] {
  return values.map((part) => (part === null ? null : 100 * part));
}
