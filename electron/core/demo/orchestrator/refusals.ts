import { bearer, json } from '../exchange.ts';
import type { DemoReply } from '../exchange.ts';

/** Python releases look at the Bearer token only. null: it is the right one. */
export function refused(authorization: string | undefined, apiKey: string): DemoReply | null {
  const token = bearer(authorization);
  if (token === null) return json(401, { detail: 'missing bearer token' });
  if (token !== apiKey) return json(403, { detail: 'invalid token' });
  return null;
}

export function absent(field: string): DemoReply {
  return json(422, {
    detail: [{ type: 'missing', loc: ['query', field], msg: 'Field required', input: null }],
  });
}

export function invalid(
  type: string,
  field: string,
  input: unknown,
  msg: string,
  place: 'query' | 'body' = 'query',
): DemoReply {
  return json(422, { detail: [{ type, loc: field === '' ? [place] : [place, field], msg, input }] });
}

/** A query parameter that is a whole number from `from` to `to`; the refusal where it is another. */
export function whole(
  query: URLSearchParams,
  field: string,
  usual: number,
  { from, to = Number.MAX_SAFE_INTEGER }: { readonly from: number; readonly to?: number },
): number | DemoReply {
  const asked = query.get(field);
  if (asked === null) return usual;
  const value = Number(asked);
  if (!Number.isInteger(value)) {
    return invalid(
      'int_parsing',
      field,
      asked,
      'Input should be a valid integer, unable to parse string as an integer',
    );
  }
  if (value < from) {
    return invalid('greater_than_equal', field, asked, `Input should be greater than or equal to ${from}`);
  }
  return value > to
    ? invalid('less_than_equal', field, asked, `Input should be less than or equal to ${to}`)
    : value;
}

/** What the framework sends when a handler fails. */
export const crashed: DemoReply = {
  status: 500,
  contentType: 'text/plain; charset=utf-8',
  body: 'Internal Server Error',
};
