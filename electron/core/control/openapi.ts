import { z } from 'zod';
import { roles } from '../../../shared/rpc/define.ts';
import type { Role } from '../../../shared/rpc/define.ts';
import { json, route } from './route.ts';
import type { Route } from './route.ts';

const faultSchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() })),
  ]),
  code: z.string(),
});

/** What may go wrong for want of a sufficient key. */
function keyFaults(role: Role | null): Record<number, string> {
  if (role === null) return {};
  return {
    401: 'No key, or a wrong one',
    ...(role === roles[0] ? {} : { 403: 'The key has too small a role' }),
    429: 'Too many refusals for this address in a minute; see Retry-After',
  };
}

const info = {
  title: 'Cachedeck control API',
  summary: 'The cache of Cachedeck and what it holds, for scripts, dashboards and Prometheus.',
  description:
    'Every reply is JSON unless it says otherwise, and an error is `{detail, code}`. HEAD works wherever GET does. ' +
    'Ages are by Cachedeck’s clock. A change is sent to a backend once and never again by itself.',
  license: { name: 'MIT', identifier: 'MIT' },
};

const security = [{ apiKey: [] }, { bearer: [] }];

/** The OpenAPI 3.1 document of a table of routes. */
export function openApiDocument(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of routes) {
    (paths[one.path] ??= {})[one.method.toLowerCase()] = operationOf(one);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { ...info, version },
    servers: [{ url: '/', description: 'This Cachedeck' }],
    paths,
    components: {
      schemas: { Fault: schemaOf(faultSchema, 'output') },
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

/** The route that hands the document out; the document names it as well. */
export function openApiRoute(others: readonly Route[], version: string): Route {
  let text: string | null = null;
  const own: Route = route({
    method: 'GET',
    path: '/openapi.json',
    role: null,
    tag: 'Service',
    summary: 'This document',
    output: z.looseObject({ openapi: z.string() }),
    example: { openapi: '3.1.0' },
    run: (): { body: { text: string } } => {
      text ??= JSON.stringify(openApiDocument([...others, own], version));
      return { body: { text } };
    },
  });
  return own;
}

function operationOf(one: Route): Record<string, unknown> {
  const parameters = [...parametersOf(one.params, 'path'), ...parametersOf(one.query, 'query')];
  const isJson = one.contentType === json;
  const faults = {
    ...keyFaults(one.role),
    ...(parameters.length > 0 || one.body
      ? { 422: 'Something does not fit; `detail` names the fields' }
      : {}),
    ...(one.body ? { 400: 'Not JSON', 413: 'Larger than 64 KiB', 415: 'Not application/json' } : {}),
    ...one.faults,
  };
  return {
    tags: [one.tag],
    summary: one.summary,
    ...(one.description === null ? {} : { description: one.description }),
    operationId: operationId(one),
    'x-role': one.role ?? 'none',
    security: one.role === null ? [] : security,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(one.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(one.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [one.status]: {
        description: 'Done',
        ...(Object.keys(one.headers).length > 0 ? { headers: headersOf(one.headers) } : {}),
        content: {
          [isJson ? 'application/json' : one.contentType]: {
            schema: schemaOf(one.output, 'output'),
            example: one.example,
          },
        },
      },
      ...Object.fromEntries(
        Object.entries(faults).map(([status, description]) => [
          status,
          {
            description,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
          },
        ]),
      ),
    },
  };
}

/** "GET /cache/stats" as "getCacheStats". */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^a-zA-Z]+/).filter((word) => word !== '');
  const rest = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return method.toLowerCase() + rest.join('');
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): Record<string, unknown>[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: !z.safeParse(z.object({ [name]: field }), {}).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }));
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const written = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  // The document names the dialect once for all.
  return Object.fromEntries(Object.entries(written).filter(([name]) => name !== '$schema'));
}
