import { z } from 'zod';
import { eventKinds, severities } from '../model/events.ts';
import { historySeriesNames, maxHistoryPoints } from '../model/history.ts';
import type { HistorySeries } from '../model/history.ts';
import { call, feed } from '../rpc/define.ts';
import { timestamp } from './parts.ts';

const loggedEvent = z.object({
  id: z.int(),
  at: timestamp,
  kind: z.enum(eventKinds),
  severity: z.enum(severities),
  /** Name of the profile that was active. */
  profile: z.string(),
  /** The resource or part it is about; null: the app as a whole. */
  subject: z.string().nullable(),
  title: z.string().max(200),
  detail: z.string().max(1000).nullable(),
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

const eventFilter = {
  /** null: every kind. */
  kinds: z.array(z.enum(eventKinds)).max(eventKinds.length).nullable(),
  severities: z.array(z.enum(severities)).max(severities.length).nullable(),
  /** A part of title, detail, subject or profile; upper and lower case alike. */
  search: z.string().max(100),
  from: timestamp.nullable(),
  to: timestamp.nullable(),
} as const;

/** A moment worth a mark on a chart. */
const chartMark = z.object({ at: timestamp, kind: z.enum(eventKinds), label: z.string() });
export type ChartMark = z.infer<typeof chartMark>;
export const chartMarks = z.array(chartMark).max(200);

const column = z.array(z.number().nullable()).max(maxHistoryPoints);
const history = z.object({
  from: timestamp,
  to: timestamp,
  /** ms one point stands for. */
  bucketMs: z.number(),
  /** Start of each point that has samples, oldest first. A distance above `bucketMs` is a gap. */
  at: z.array(timestamp).max(maxHistoryPoints),
  series: z.record(z.enum(historySeriesNames as [HistorySeries, ...HistorySeries[]]), column),
  marks: chartMarks,
});
export type History = z.infer<typeof history>;

export const eventsContract = {
  /** The events that fit, newest first, at most `limit` older than the event `before`. */
  'events.list': call(
    'viewer',
    z.strictObject({ ...eventFilter, before: z.int().nullable(), limit: z.int().min(1).max(200) }),
    z.object({ events: z.array(loggedEvent).max(200), more: z.boolean() }),
  ),
  /** The last 20, newest first, however they are filtered elsewhere. */
  'events.latest': feed('viewer', z.array(loggedEvent).max(20)),
  /** Samples of a range, down-sampled to at most `points`. */
  'history.query': call(
    'viewer',
    z.strictObject({ from: timestamp, to: timestamp, points: z.int().min(10).max(maxHistoryPoints) }),
    history,
  ),
} as const;
export type EventQuery = z.infer<(typeof eventsContract)['events.list']['input']>;
export type HistoryQuery = z.infer<(typeof eventsContract)['history.query']['input']>;
