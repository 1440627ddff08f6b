import { z } from 'zod';
import type { PlainAnswer } from '../http-json.ts';
import { oneLine } from '../server-detail.ts';
import { flag, text } from './fields.ts';
import type { FleetChanges, StopAnswer } from './orchestrator-source.ts';
import { readMutation } from './read-mutation.ts';

interface Ways {
  /** Sends one change, once. */
  readonly change: (
    method: 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    body?: unknown,
  ) => Promise<PlainAnswer>;
  /** What batch-stop calls streams by: their command URLs by id. */
  readonly commandUrls: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>;
}

const batchReply = z.object({
  results: z.array(z.object({ command_url: z.string(), success: flag, message: text })),
});

/** The routes that change something, the same in every generation. */
export function createChanges({ change, commandUrls }: Ways): FleetChanges {
  const stopOne = async (id: string, signal: AbortSignal): Promise<StopAnswer> => {
    const { outcome, said } = readMutation(
      await change('DELETE', `/streams/${encodeURIComponent(id)}`, signal),
    );
    return { id, outcome, said };
  };

  return {
    provision: async (hostPort, signal) =>
      readMutation(
        await change(
          'POST',
          '/provision/acestream',
          signal,
          hostPort === null ? {} : { host_port: hostPort },
        ),
      ),
    removeEngine: async (id, signal) =>
      readMutation(await change('DELETE', `/containers/${encodeURIComponent(id)}`, signal)),
    resetBreaker: async (breaker, signal) =>
      readMutation(await change('POST', `/health/circuit-breaker/reset?operation_type=${breaker}`, signal)),
    async stopStreams(ids, signal) {
      const [first, ...others] = ids;
      if (first === undefined) return [];
      if (others.length === 0) return [await stopOne(first, signal)];
      const urls = await commandUrls(signal);
      const listed = ids.flatMap((id) => urls.get(id) ?? []);
      if (listed.length === 0) return ids.map(notListed);
      const answer = await change('POST', '/streams/batch-stop', signal, listed);
      const whole = readMutation(answer);
      const wire = batchReply.safeParse(answer.json);
      const results = new Map(
        wire.success ? wire.data.results.map((one) => [one.command_url, one] as const) : [],
      );
      return ids.map((id): StopAnswer => {
        const url = urls.get(id);
        if (url === undefined) return notListed(id);
        if (whole.outcome !== 'done') return { id, outcome: whole.outcome, said: whole.said };
        const result = results.get(url);
        if (!result) return { id, outcome: 'unknown', said: 'The orchestrator says nothing of this stream.' };
        const said = result.message === null ? null : oneLine(result.message);
        return {
          id,
          outcome: result.success === true ? 'done' : 'refused',
          said: said === null ? 'The orchestrator gives no reason.' : `The orchestrator says: ${said}.`,
        };
      });
    },
  };
}

function notListed(id: string): StopAnswer {
  return { id, outcome: 'refused', said: 'The orchestrator does not list this stream; nothing was sent.' };
}
