import type { Scenario } from './replay-scenarios.ts';

type Routes = Scenario['get'];

/** A recorded answer to a change, and what GETs answer from then on. */
export interface ReplayedChange {
  readonly status: number;
  readonly contentType: string;
  /** null: `body` as it is. */
  readonly file: string | null;
  readonly body?: string;
  /** From so many seconds after the change on; the last that fits counts. */
  readonly afterwards?: readonly { readonly after: number; readonly get: Routes }[];
}

/** "DELETE /containers/{id}" → its answer; `{id}` stands for any. What is missing answers 404. */
export type ReplayedChanges = Readonly<Record<string, ReplayedChange>>;

/** A recorded JSON body; some recordings hold their status beside it. */
export const answered = (status: number, file: string): ReplayedChange => ({
  status,
  contentType: 'application/json',
  file,
});
const crash = (file: string): ReplayedChange => ({
  status: 500,
  contentType: 'text/plain; charset=utf-8',
  file,
});

/** As a release answers in a folder where changes were recorded. */
export function recordedChanges(folder: string): ReplayedChanges {
  const deleted = { '/orchestrator/status': `${folder}/status_right_after_delete.json` };
  return {
    'POST /provision/acestream': {
      ...crash(`${folder}/provision_200.txt`),
      afterwards: [
        {
          after: 0,
          get: {
            '/engines': `${folder}/engines_after_provision.json`,
            '/orchestrator/status': `${folder}/status_after_provision.json`,
            '/engines/stats/total': `${folder}/stats_total_3s_after_provision.json`,
          },
        },
      ],
    },
    'DELETE /containers/{id}': {
      ...answered(200, `${folder}/delete_200.json`),
      afterwards: [
        { after: 0, get: { ...deleted, '/engines': `${folder}/engines_right_after_delete.json` } },
        { after: 10, get: { ...deleted, '/engines': `${folder}/engines_after_delete_settled.json` } },
      ],
    },
    'DELETE /containers/doesnotexist': crash(`${folder}/delete_unknown.txt`),
    'POST /health/circuit-breaker/reset': answered(200, `${folder}/cb_reset.json`),
  };
}

/** Stopping streams, which came with v1.2.1. */
export function recordedStops(folder: string): ReplayedChanges {
  const ended = [{ after: 0, get: { '/streams': `${folder}/streams_ended.json` } }];
  return {
    'DELETE /streams/ch-42': { ...answered(200, `${folder}/stream_delete.json`), afterwards: ended },
    'DELETE /streams/{id}': answered(404, `${folder}/stream_delete_404.json`),
    'POST /streams/batch-stop': answered(200, `${folder}/batch_stop.json`),
  };
}

/** Version 2 only says what it began. */
export const goChanges: ReplayedChanges = {
  'POST /provision/acestream': { ...answered(200, ''), file: null, body: '{"status":"provisioning"}' },
  'DELETE /containers/{id}': { ...answered(202, ''), file: null, body: '{"status":"deleting"}' },
  'POST /health/circuit-breaker/reset': { ...answered(200, ''), file: null, body: '{"status":"reset"}' },
};

/** The answer to a change under its exact path, else under `{id}`. */
export function changeFor(
  changes: ReplayedChanges | undefined,
  method: string,
  path: string,
): ReplayedChange | undefined {
  if (!changes) return undefined;
  const exact = `${method} ${path}`;
  if (Object.hasOwn(changes, exact)) return changes[exact];
  const withId = `${method} ${path.replace(/[^/]+$/, '{id}')}`;
  return Object.hasOwn(changes, withId) ? changes[withId] : undefined;
}
