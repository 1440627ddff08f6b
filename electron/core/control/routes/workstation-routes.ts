import { z } from 'zod';
import { bodyOf } from '../../sources/kept-bodies.ts';
import { freshnessHeaders, headersOf, readingFaults, valueOf } from '../freshness.ts';
import { ask } from '../house.ts';
import type { ControlHouse } from '../house.ts';
import { roleOf, route } from '../route.ts';
import type { Route } from '../route.ts';
import { workstationsBody, workstationsFrom } from './backend-shapes.ts';

const tag = 'Workstations';
const path = '/api/workstations';

const created = z.object({
  success: z.literal(true),
  message: z.string().describe('The manager’s own words'),
  data: z.object({ id: z.string().nullable(), workstation_id: z.string().nullable() }),
  error: z.null(),
});
const added = { success: true, error: null } as const;

/** The workstation manager's list through the cache, and the adding of one. */
export function workstationRoutes(house: ControlHouse): Route[] {
  return [
    route({
      method: 'GET',
      path,
      role: roleOf('workstations.list'),
      tag,
      summary: 'The workstations',
      description:
        'The manager’s list as the cache holds it for 300 s. Fields of the manager that are not named here are left out.',
      output: workstationsBody,
      example: [
        {
          id: 'ws_001',
          name: 'Station 1',
          ip_address: '192.0.2.10',
          status: 'online',
          total_emulators: 4,
          active_emulators: 2,
          cpu_usage: 12.5,
          memory_usage: 40.2,
          disk_usage: 61,
          last_seen: '2025-10-17T23:00:00Z',
        },
      ],
      headers: freshnessHeaders,
      faults: readingFaults,
      run: async () => {
        const { workstations, status } = house.active.workspace;
        const asked = await workstations.ask();
        const value = valueOf(asked.reading, house.clock.wall());
        const own = workstationsBody.safeParse(bodyOf(value));
        const body = own.success ? own.data : workstationsFrom(value);
        return { body, headers: headersOf(asked, status.paused) };
      },
    }),
    route({
      method: 'POST',
      path,
      role: roleOf('workstations.create'),
      tag,
      summary: 'Add a workstation',
      description:
        'Sent to the manager once. Unless it certainly did nothing, the cached list is dropped, and after a failure ' +
        '`detail` says what reading the list again showed.',
      status: 201,
      body: z.strictObject({
        name: z.string().trim().min(1).max(100),
        ip_address: z.string().min(1).max(200),
        username: z.string().min(1).max(100),
        password: z.string().min(1).max(4000),
      }),
      output: created,
      example: {
        ...added,
        message: 'Workstation Test added',
        data: { id: 'ws_t', workstation_id: 'ws_t' },
      },
      faults: {
        404: 'The manager knows no way to add one',
        409: 'The profile has no workstation manager',
        502: 'The manager refused it, or nobody is signed in to it',
        503: 'The manager cannot be reached or answered with an error, or another profile is being connected',
        504: 'The manager did not answer in time: it may have added it',
      },
      run: async ({ body: { name, ip_address: address, username: user, password } }, asker) => {
        const { id, message } = await ask(
          house,
          'workstations.create',
          { name, address, user, password },
          asker,
        );
        return { body: { ...added, message, data: { id, workstation_id: id } } };
      },
    }),
  ];
}
