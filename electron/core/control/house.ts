import type { CallInput, CallName, CallOutput } from '../../../shared/rpc/client.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Router } from '../router.ts';
import type { Workspace } from '../workspace.ts';
import type { Asker } from './route.ts';

/** What routes answer from. */
export interface ControlHouse {
  /** Where the connected profile is found at each request. @throws RpcError `unavailable` during a switch. */
  readonly active: { readonly workspace: Workspace };
  readonly router: Pick<Router, 'call'>;
  readonly clock: Clock;
  /** Pages that are open: windows of the app, or browsers on its stream. */
  readonly pages: () => number;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
}

/** What may go wrong wherever the connected profile is asked, for the document. */
export const switchFault = { 503: 'Another profile is being connected' } as const;

/**
 * Asks as a page would: role, input and output are checked where they are for pages. Nothing is tried twice.
 * @throws RpcError
 */
export async function ask<N extends CallName>(
  { router }: Pick<ControlHouse, 'router'>,
  name: N,
  input: CallInput<N>,
  { role, signal }: Asker,
): Promise<CallOutput<N>> {
  const reply = await router.call(name, input, { role }, signal);
  if (!reply.ok) throw new RpcError(reply.error.code, reply.error.message, reply.error.details);
  return reply.value as CallOutput<N>;
}

/** UTC ms as ISO 8601. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
