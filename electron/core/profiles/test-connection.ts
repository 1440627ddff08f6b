import type { ProfileDraft, TestResult } from '../../../shared/contract/profiles.ts';
import { backendTitles } from '../../../shared/model/profiles.ts';
import type { BackendKind, SecretName } from '../../../shared/model/profiles.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { checkOrchestrator } from '../sources/orchestrator/check-connection.ts';
import { checkPortal } from '../sources/portal/check-connection.ts';
import { SourceError } from '../sources/source-error.ts';
import { speaksTls } from '../sources/speaks-tls.ts';
import { checkWorkstations } from '../sources/workstations/check-connection.ts';
import { addressFault } from './address.ts';
import { backendOfSecret, secretTitles } from './secrets-of-profile.ts';
import type { Secrets } from './secrets-of-profile.ts';

interface TestOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Called with every token that a backend hands out. */
  readonly onSecret: (secret: string) => void;
  /** Stored secrets left out because the draft names another address than they were stored for. */
  readonly withheld?: readonly SecretName[];
  /** ms for everything together. Default 10 000. */
  readonly limitMs?: number;
}

interface Task {
  readonly backend: BackendKind;
  readonly address: { readonly url: string; readonly allowHttp: boolean };
  /** @returns what was found. @throws SourceError with what is wrong. */
  readonly ask: (signal: AbortSignal) => Promise<string>;
}

/**
 * Asks each backend of a draft, all at once, reading only and retrying nothing. What is wrong is a result, not an error.
 * @returns one result a backend of the draft, in the order orchestrator, portal, workstations
 */
export function testConnection(
  draft: ProfileDraft,
  secrets: Secrets,
  options: TestOptions,
): Promise<TestResult[]> {
  return Promise.all(tasksOf(draft, secrets, options).map((task) => run(task, options)));
}

function tasksOf(draft: ProfileDraft, secrets: Secrets, { clock, onSecret }: TestOptions): Task[] {
  const { orchestrator, portal, workstations } = draft;
  const tasks: Task[] = [];
  if (orchestrator) {
    const target = { url: orchestrator.url, apiKey: secrets.orchestratorKey };
    tasks.push({
      backend: 'orchestrator',
      address: orchestrator,
      ask: (signal) => checkOrchestrator(target, { clock, signal }),
    });
  }
  if (portal) {
    const target = { url: portal.url, email: portal.email, password: secrets.portalPassword };
    tasks.push({
      backend: 'portal',
      address: portal,
      ask: (signal) => checkPortal(target, { clock, signal, onSecret }),
    });
  }
  if (workstations) {
    const target = { url: workstations.url, user: workstations.user, password: secrets.workstationsPassword };
    tasks.push({
      backend: 'workstations',
      address: workstations,
      ask: (signal) => checkWorkstations(target, { clock, signal, onSecret }),
    });
  }
  return tasks;
}

async function run({ backend, address, ask }: Task, options: TestOptions): Promise<TestResult> {
  const { clock, log, withheld = [], limitMs = 10_000 } = options;
  const title = backendTitles[backend];
  const startedAt = clock.mono();
  const limit = new AbortController();
  const cancel = clock.after(limitMs, () => limit.abort(tooSlow(title, limitMs)));

  async function attempt(): Promise<Pick<TestResult, 'ok' | 'code' | 'sentence'>> {
    const fault = addressFault(address, `The address of the ${title.toLowerCase()}`);
    if (fault !== null) return { ok: false, code: null, sentence: fault };
    try {
      return { ok: true, code: null, sentence: await ask(limit.signal) };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const { code, message } = await wrongScheme(error, new URL(address.url.trim()), limit.signal);
      return { ok: false, code, sentence: message + unsent(backend, withheld) };
    }
  }

  try {
    const found = await attempt();
    log.info(`connection test: ${found.sentence}`);
    return { backend, ...found, ms: Math.round(clock.mono() - startedAt) };
  } finally {
    cancel();
  }
}

function tooSlow(title: string, limitMs: number): SourceError {
  return new SourceError(
    'timeout',
    `The ${title.toLowerCase()} did not answer within ${limitMs / 1000} s: it hangs, or something on the way swallows the requests.`,
  );
}

/** A server that expects TLS closes a plain connection, or answers it with something odd: looked into, to say so. */
async function wrongScheme(error: SourceError, url: URL, signal: AbortSignal): Promise<SourceError> {
  const odd = error.code === 'unreachable' || error.code === 'bad-reply';
  if (!odd || url.protocol !== 'http:' || !(await speaksTls(url, signal))) return error;
  return new SourceError('tls', `${url.host} speaks TLS: the address starts with https://, not http://.`);
}

function unsent(backend: BackendKind, withheld: readonly SecretName[]): string {
  const name = withheld.find((one) => backendOfSecret[one] === backend);
  if (name === undefined) return '';
  return ` The stored ${secretTitles[name]} was not sent, because it was stored for another address: type it to test with it.`;
}
