import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export interface Operation {
  readonly method: string;
  readonly path: string;
  /** "none", or the least role. */
  readonly role: string;
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly body: object | null;
  /** Content by status and type. */
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object; example?: unknown }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** An OpenAPI document with everything in it that can be checked compiled. */
export class OpenApiCheck {
  readonly operations: readonly Operation[];
  readonly #ajv: Ajv2020;

  constructor(parsed: unknown) {
    const document = parsed as Document;
    this.#ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
    formats(this.#ajv);
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      this.#ajv.addSchema(schema, `#/components/schemas/${name}`);
    }
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        role: String(operation['x-role']),
        operationId: String(operation['operationId']),
        parameters: (operation['parameters'] ?? []) as Operation['parameters'],
        body: bodyOf(operation['requestBody']),
        responses: operation['responses'] as Operation['responses'],
      })),
    );
  }

  find(what: string): Operation {
    const found = this.operations.find(({ method, path }) => `${method} ${path}` === what);
    if (!found) throw new Error(`the document has no ${what}`);
    return found;
  }

  /** What is wrong with a JSON reply to an operation; null: nothing. */
  fault(what: string, status: number, body: unknown): string | null {
    const response = this.find(what).responses[status];
    const schema = response?.content['application/json']?.schema;
    if (!schema) return `${what} does not document ${status} as JSON`;
    const validate = this.compile(schema);
    return validate(body) ? null : this.#ajv.errorsText(validate.errors);
  }

  compile(schema: object): ValidateFunction {
    return this.#ajv.compile(schema);
  }
}

function bodyOf(requestBody: unknown): object | null {
  if (requestBody === undefined) return null;
  const { content } = requestBody as { content: Record<string, { schema: object }> };
  return content['application/json']?.schema ?? null;
}
