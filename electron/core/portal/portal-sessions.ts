import type { SessionStore } from '../sessions/session-store.ts';

/** What the portal needs of the session store. */
export type PortalSessions = Pick<
  SessionStore,
  'get' | 'setEngagement' | 'engagementId' | 'resetBackOff' | 'clear' | 'logout'
>;
