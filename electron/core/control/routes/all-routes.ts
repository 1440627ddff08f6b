import type { ControlHouse } from '../house.ts';
import type { Route } from '../route.ts';
import { cacheRoutes } from './cache-routes.ts';
import { performanceRoutes } from './performance-routes.ts';
import { serviceRoutes } from './service-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { statusRoutes } from './status-routes.ts';
import { workstationRoutes } from './workstation-routes.ts';

/** The control API but for its own document. */
export function controlRoutes(house: ControlHouse): Route[] {
  return [
    ...cacheRoutes(house),
    ...performanceRoutes(house),
    ...statusRoutes(house),
    ...workstationRoutes(house),
    ...sessionRoutes(house),
    ...serviceRoutes(house),
  ];
}
