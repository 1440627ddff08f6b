import { useMemo } from 'react';
import type { History } from '../../shared/contract/events.ts';
import { countText, durationText, percentText } from '../ui/format.ts';
import type { Frame, Series } from './chart-data.ts';
import { ChartPanel } from './chart-panel.tsx';
import { extentOf, lookupsOf, perMinute, sumOf } from './rates.ts';

interface Props {
  readonly frame: Frame | undefined;
  readonly history: History | undefined;
  /** "the last hour", within a sentence. */
  readonly when: string;
  readonly error: Error | null;
}

const none: readonly Series[] = [];
const noBands: Frame['bands'] = [];
const whole = (value: number): string => countText(value);
const tenths = (value: number): string =>
  value < 10 && !Number.isInteger(value) ? value.toFixed(1) : countText(value);

/** What was asked of the app, and what it asked of the backend. */
export function TrafficChart({ frame, history, when, error }: Props) {
  const bands = frame?.bands ?? noBands;
  const series = useMemo(
    () =>
      history
        ? [
            {
              id: 'lookups',
              label: 'Requests',
              values: perMinute(history, lookupsOf(history.series), bands),
            },
            {
              id: 'calls',
              label: 'Backend calls',
              values: perMinute(history, history.series.backendCalls, bands),
            },
          ]
        : none,
    [history, bands],
  );
  const [lookups, calls] = history
    ? [sumOf(lookupsOf(history.series)), sumOf(history.series.backendCalls)]
    : [0, 0];
  return (
    <ChartPanel
      title="Requests and backend calls"
      frame={history && frame}
      error={error}
      series={series}
      unit="/min"
      format={tenths}
      least={10}
      summary={
        history && history.at.length > 0
          ? `In ${when}: ${countText(lookups)} requests of pages, ${countText(calls)} calls to the backend.`
          : ''
      }
    />
  );
}

/** How old the watched values were at each tick. */
export function AgeChart({ frame, history, when, error }: Props) {
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
  return (
    <ChartPanel
      title="Data age at each poll"
      frame={history && frame}
      error={error}
      series={series}
      unit=" s"
      format={tenths}
      least={5}
      summary={history ? ageSummary(series, when) : ''}
    />
  );
}

/** Engines and streams as the orchestrator counts them. */
export function FleetChart({ frame, history, when, error }: Props) {
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
      error={error}
      series={series}
      unit=""
      format={tenths}
      least={5}
      summary={
        !history
          ? ''
          : healthy
            ? `In ${when} between ${whole(healthy.least)} and ${whole(healthy.most)} engines were healthy.`
            : `Nothing was reported in ${when}.`
      }
    />
  );
}

/** The part of the time the VPN was connected: 100 % above, 0 % below. */
export function VpnChart({ frame, history, when, error }: Props) {
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
      error={error}
      series={series}
      unit=" %"
      format={percentText}
      least={100}
      most={100}
      summary={
        !history
          ? ''
          : share === null
            ? `No fresh answer about a VPN in ${when}.`
            : `Connected ${percentText(share)} % of the time that is known of ${when}.`
      }
    />
  );
}

function ageSummary(series: readonly Series[], when: string): string {
  const known = series.flatMap(({ label, values }) => {
    const extent = extentOf(values);
    return extent ? [{ label, ...extent }] : [];
  });
  const [oldest] = known.toSorted((a, b) => b.most - a.most);
  if (!oldest) return `Nothing was polled in ${when}.`;
  const text = (value: number): string => durationText(value * 1000);
  const lately = text(Math.max(...known.map(({ last }) => last)));
  return `Oldest in ${when}: ${oldest.label}, ${text(oldest.most)}; lately none was older than ${lately}.`;
}

function seconds(values: readonly (number | null)[]): (number | null)[] {
  return values.map((ms) => (ms === null ? null : ms / 1000));
}

function percents(values: readonly (number | null)[]): (number | null)[] {
  return values.map((part) => (part === null ? null : 100 * part));
}
