import { z } from 'zod';
import { roles } from '../../../shared/rpc/define.ts';

/** Where the control API listens until the operator chooses otherwise. */
const defaultPort = 8000;

const storedKey = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(60),
  role: z.enum(roles),
  /** 16 random bytes, base64url. */
  salt: z.string().length(22),
  /** SHA-256 of salt and key, base64url. */
  hash: z.string().length(43),
  /** UTC ms. */
  createdAt: z.number(),
  /** UTC ms, to the minute. */
  lastUsedAt: z.number().nullable(),
});

/** The document of the control API. Of the keys it holds hashes alone. */
const storedControl = z.object({
  on: z.boolean(),
  port: z.int().min(1).max(65_535),
  keys: z.array(storedKey).max(50),
});
export type StoredControl = z.infer<typeof storedControl>;

const defaults: StoredControl = { on: false, port: defaultPort, keys: [] };

/** What `openDocument` is told of it, but for where it is kept. */
export const controlDocument = {
  name: 'control',
  area: 'secrets' as const,
  schema: storedControl,
  defaults,
  format: 1,
  migrations: [],
};
