import { z } from 'zod';
import { call, feed, roles } from '../rpc/define.ts';
import { nothing, timestamp } from './parts.ts';

const role = z.enum(roles);

const controlKey = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: timestamp.nullable(),
  /** To the minute; null: not since it was made. */
  lastUsedAt: timestamp.nullable(),
  /** The environment variable it comes from, which decides about it; null: it was made here. */
  variable: z.string().nullable(),
});
export type ControlKey = z.infer<typeof controlKey>;

/** The control API: this product's own cache for scripts, other dashboards and Prometheus. */
const controlState = z.object({
  /** Whether it is to listen on a port of its own. The browser host serves it on the page's port instead. */
  on: z.boolean(),
  port: z.number(),
  /** Where it answers now; null: nowhere. */
  url: z.string().nullable(),
  /** Why it does not although it should; a sentence. */
  fault: z.string().nullable(),
  /** true: it is served beside the page for as long as there is a key, and has no port of its own. */
  besidePage: z.boolean(),
  keys: z.array(controlKey).max(50),
});
export type ControlState = z.infer<typeof controlState>;

export const controlContract = {
  'control.state': feed('viewer', controlState),
  /** Answers once it listens, or once it has stopped; `unavailable` says why it cannot. */
  'control.configure': call(
    'admin',
    z.strictObject({ on: z.boolean(), port: z.int().min(1).max(65_535) }),
    nothing,
  ),
  /** The key is made by the page, shown there once, and kept as a hash alone. */
  'control.addKey': call(
    'admin',
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      role,
      key: z
        .string()
        .min(32)
        .max(200)
        .regex(/^[\w.~+/=-]+$/, 'takes letters, digits and . _ ~ + / = -'),
    }),
    z.object({ id: z.string() }),
  ),
  /** Whoever uses it is refused from then on, and signed out where it signed a browser in. */
  'control.removeKey': call('admin', z.strictObject({ id: z.string().max(100) }), nothing),
} as const;
