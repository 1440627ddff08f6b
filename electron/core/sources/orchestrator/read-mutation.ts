import { z } from 'zod';
import type { MutationResult } from '../../../../shared/contract/fleet.ts';
import type { PlainAnswer } from '../http-json.ts';
import { isRecord, oneLine } from '../server-detail.ts';
import { flag, number, text } from './fields.ts';

/** What the server's answer to a change tells, before anything is read again. */
export type MutationAnswer = Pick<MutationResult, 'outcome' | 'said' | 'retryInSeconds'>;

/** The object that a refused provisioning carries as its `detail`. */
const provisioningDetail = z.object({
  error: z.enum(['provisioning_blocked', 'provisioning_failed']),
  code: text,
  message: text,
  recovery_eta_seconds: number,
  can_retry: flag,
});

/**
 * Judges the answer to a change. A 5xx leaves open what the server did (its plain 500 comes after a provisioning that
 * worked), unless its own words say that nothing came of it.
 */
export function readMutation({ status, json, said, refusal }: PlainAnswer): MutationAnswer {
  if (refusal === null && json === undefined) {
    const said = 'The request was answered with something that is not an orchestrator’s reply.';
    return { outcome: 'unknown', said, retryInSeconds: null };
  }
  if (refusal === null) {
    return { outcome: 'done', said: doneWords(json, said), retryInSeconds: null };
  }
  const detail = provisioningDetail.safeParse(isRecord(json) ? json['detail'] : undefined);
  if (detail.success) {
    const { code, message, recovery_eta_seconds: seconds } = detail.data;
    const reason = (message === null ? null : oneLine(message)) ?? 'The server gives no reason';
    return {
      outcome: 'refused',
      said: `${reason}${code === null ? '' : ` (${code})`}.`,
      retryInSeconds: seconds,
    };
  }
  const open = status >= 500 || status === 408;
  return {
    outcome: open ? 'unknown' : 'refused',
    said: refusal.message,
    retryInSeconds: null,
  };
}

function doneWords(json: unknown, said: string | null): string {
  const status = isRecord(json) ? json['status'] : undefined;
  const word = typeof status === 'string' ? oneLine(status) : null;
  if (said !== null) return `The orchestrator says: ${said}.`;
  return word === null ? 'The orchestrator accepted the request.' : `The orchestrator says: ${word}.`;
}
