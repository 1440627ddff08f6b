import { z } from 'zod';
import type { UserSession } from '../../../../shared/contract/sessions.ts';
import { ask, iso, switchFault } from '../house.ts';
import type { ControlHouse } from '../house.ts';
import { roleOf, route } from '../route.ts';
import type { Route } from '../route.ts';

const tag = 'Sessions';
const cleared = { status: 'success', message: 'Session cleared' } as const;

const session = z.object({
  id: z.string().describe('Opaque: says nothing of the address behind it'),
  user: z.string().describe('The e-mail address, masked'),
  cached_at: z.iso.datetime().nullable().describe('When its oldest field was loaded'),
  expires_in: z.number().nullable().describe('Seconds until its first field expires'),
  fields: z.int().min(0).describe('How many fields are held'),
  bytes: z.number().min(0).describe('Approximate'),
  hits: z.int().min(0),
  misses: z.int().min(0).describe('Lookups that were no hit'),
});

/** The portal's per-user sessions. */
export function sessionRoutes(house: ControlHouse): Route[] {
  return [
    route({
      method: 'GET',
      path: '/sessions',
      role: roleOf('sessions.list'),
      tag,
      summary: 'Sessions that are kept, the one used last first',
      output: z.object({ sessions: z.array(session), size: z.int().min(0) }),
      example: {
        sessions: [
          {
            id: 'u-2f6c1d',
            user: 'u•••1@example.com',
            cached_at: '2025-12-18T10:30:00.000Z',
            expires_in: 82_800,
            fields: 7,
            bytes: 5120,
            hits: 9,
            misses: 5,
          },
        ],
        size: 1,
      },
      faults: switchFault,
      run: async (_, asker) => {
        const { users } = await ask(house, 'sessions.list', {}, asker);
        return { body: { sessions: users.map(sessionOf), size: users.length } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/sessions/{id}',
      role: roleOf('sessions.clear'),
      tag,
      summary: 'Forget what is kept of one user',
      params: z.object({ id: z.string().min(1).max(100) }),
      output: z.object({
        status: z.literal('success'),
        message: z.string(),
        entries_removed: z.int().min(0),
      }),
      example: { ...cleared, entries_removed: 7 },
      faults: { ...switchFault, 404: 'Nothing is kept of such a user', 409: 'The profile has no portal' },
      run: async ({ params: { id } }, asker) => {
        const { removed } = await ask(house, 'sessions.clear', { user: id }, asker);
        return { body: { ...cleared, entries_removed: removed } };
      },
    }),
  ];
}

function sessionOf({
  user,
  masked,
  cachedAt,
  expiresIn,
  present,
  bytes,
  statistics,
}: UserSession): z.input<typeof session> {
  const { hits, misses, coalesced } = statistics;
  return {
    id: user,
    user: masked,
    cached_at: cachedAt === null ? null : iso(cachedAt),
    expires_in: expiresIn === null ? null : Math.floor(expiresIn / 1000),
    fields: present,
    bytes,
    hits,
    misses: misses + coalesced,
  };
}
