/** The pages there are, by the fragment of their address: whatever leads to a page or opens one is held to these. */
export const pageRoutes = [
  '#/',
  '#/engines',
  '#/cache',
  '#/sessions',
  '#/portal',
  '#/workstations',
  '#/alerts',
  '#/events',
  '#/settings',
  '#/wallboard',
] as const;
export type PageRoute = (typeof pageRoutes)[number];

/** The one page that stands alone and is read from afar. */
export const wallboardRoute = '#/wallboard' satisfies PageRoute;
