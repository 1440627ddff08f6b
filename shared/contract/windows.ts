import { z } from 'zod';
import { pageRoutes } from '../model/pages.ts';
import { call } from '../rpc/define.ts';
import { nothing } from './parts.ts';

export const windowsContract = {
  /**
   * Opens another window of the app on one of its pages, at most eight. Only where `capabilities.windows` says so: in
   * the browser host a page opens a tab by itself.
   */
  'windows.open': call('viewer', z.strictObject({ route: z.enum(pageRoutes) }), nothing),
} as const;
