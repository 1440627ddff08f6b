import type { z } from 'zod';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Admission } from './admission.ts';
import { ControlFault, faultAnswer, faultOfRpc } from './answers.ts';
import type { FieldFault } from './answers.ts';
import { CrossOrigin } from './cross-origin.ts';
import { openApiRoute } from './openapi.ts';
import type { Asker, Route } from './route.ts';
import type { ControlApi, ControlRequest, ControlResponse, KeyRing } from './types.ts';

export interface ControlApiOptions {
  /** With none there is no control API. */
  readonly keys: KeyRing;
  readonly routes: readonly Route[];
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Of browsers' pages that may ask; none: no such page may. */
  readonly origins: readonly string[];
}

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The control API over a table of routes. */
export function createControlApi(options: ControlApiOptions): ControlApi {
  const { keys, log } = options;
  const routes = [...options.routes, openApiRoute(options.routes, options.version)];
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const admission = new Admission(keys, options.clock);
  const crossOrigin = new CrossOrigin(options.origins);

  /** The routes of a path, whatever their method. */
  function find(path: string): Found[] {
    return patterns.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path);
      const params = match && paramsOf(match.groups ?? {});
      return params ? [{ route, params }] : [];
    });
  }

  async function run({ route, params }: Found, request: ControlRequest): Promise<ControlResponse> {
    let asker: Asker = { role: 'viewer', signal: request.signal };
    if (route.role !== null) {
      const admitted = admission.admit(request, route.role);
      if (!admitted.ok) return faultAnswer(admitted.fault);
      asker = { role: admitted.holder.role, signal: request.signal };
    }
    const input = {
      params: parse(route.params, params, 'path'),
      query: parse(route.query, single(request.query), 'query'),
      body: route.body ? parse(route.body, await bodyOf(request), 'body') : undefined,
    };
    const { body, headers = {} } = await route.run(input, asker);
    const all = { ...headers, 'Content-Type': route.contentType };
    if (isText(body)) return { status: route.status, headers: all, body: body.text };
    const checked = route.output.safeParse(body);
    if (checked.success) return { status: route.status, headers: all, body: checked.data };
    const fields = checked.error.issues.map(({ path }) => path.map(String).join('.')).slice(0, 10);
    log.error(`control ${route.method} ${route.path}: output does not fit at ${fields.join(', ')}`);
    return internal;
  }

  async function answer(request: ControlRequest): Promise<ControlResponse> {
    const found = find(request.path);
    if (found.length === 0) {
      return faultAnswer({ status: 404, code: 'not-found', detail: 'There is nothing here.' });
    }
    const allowed = allowedMethods(found, crossOrigin.on);
    if (request.method === 'OPTIONS' && crossOrigin.on) return crossOrigin.preflight(request, allowed);
    const wanted = request.method === 'HEAD' ? 'GET' : request.method;
    const chosen = found.find(({ route }) => route.method === wanted);
    if (!chosen) {
      const Allow = allowed.join(', ');
      return faultAnswer({
        status: 405,
        code: 'method-not-allowed',
        detail: `Use ${Allow}.`,
        headers: { Allow },
      });
    }
    try {
      return await run(chosen, request);
    } catch (error) {
      return failed(chosen.route, error);
    }
  }

  function failed({ method, path }: Route, error: unknown): ControlResponse {
    if (error instanceof ControlFault) return faultAnswer(error.fault);
    if (error instanceof RpcError) {
      const { status, code } = faultOfRpc[error.code];
      // What a change led to may be unknown then: only a read is worth an invitation to try again.
      const headers: Record<string, string> =
        error.code === 'unavailable' && method === 'GET' ? { 'Retry-After': '1' } : {};
      return faultAnswer({ status, code, detail: error.message, headers });
    }
    log.error(
      `control ${method} ${path}: ${error instanceof Error ? error.message : 'failed without an error'}`,
    );
    return internal;
  }

  return {
    owns: (path) => keys.size > 0 && find(path).length > 0,
    async answer(request) {
      const response = await answer(request);
      return { ...response, headers: { ...response.headers, ...crossOrigin.headersFor(request) } };
    },
  };
}

const internal = faultAnswer({
  status: 500,
  code: 'internal',
  detail: 'Something went wrong inside Cachedeck. The log has the reason.',
});

/** Names in braces take one part of the path each. */
function patternOf(path: string): RegExp {
  const parts = path.split(/\{(\w+)\}/);
  const source = parts.map((part, nth) =>
    nth % 2 === 1 ? `(?<${part}>[^/]+)` : part.replaceAll('.', '\\.'),
  );
  return new RegExp(`^${source.join('')}$`);
}

/** null: not valid percent encoding, so it names nothing. */
function paramsOf(groups: Readonly<Record<string, string>>): Record<string, string> | null {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return null;
  }
}

function allowedMethods(found: readonly Found[], preflight: boolean): string[] {
  const own = found.map(({ route }) => route.method);
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), ...(preflight ? ['OPTIONS'] : [])];
}

/** A name that is given twice has its last value. */
function single(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}

async function bodyOf(request: ControlRequest): Promise<unknown> {
  const body = await request.readBody();
  if (body.ok) return body.value;
  const code = { 400: 'bad-request', 413: 'too-large', 415: 'unsupported-type' }[body.status];
  throw new ControlFault({ status: body.status, code, detail: body.message });
}

/** @throws ControlFault 422 that names fields and never values */
function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const detail = result.error.issues.slice(0, 10).map((issue): FieldFault => ({
    loc: [where, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))],
    // That message repeats the names it was given.
    msg: issue.code === 'unrecognized_keys' ? 'It has fields that are not known here' : issue.message,
    type: issue.code,
  }));
  throw new ControlFault({ status: 422, code: 'invalid', detail });
}

function isText(body: unknown): body is { readonly text: string } {
  return typeof body === 'object' && body !== null && 'text' in body && typeof body.text === 'string';
}
