/**
 * What the event log tells. `state`: a source turned live, stale, failing …; `vpn`: a VPN dropped or came back;
 * `action`: an operator changed something on a backend; `update`: there is a newer version of the app; `warming`:
 * what was loaded before anybody asked; `start` and `stop` are the app's own.
 */
export const eventKinds = [
  'state',
  'vpn',
  'refresh',
  'clear',
  'invalidate',
  'pause',
  'resume',
  'sleep',
  'start',
  'stop',
  'profile',
  'settings',
  'action',
  'demo',
  'problem',
  'update',
  'warming',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** How much an event deserves a look; not what state a source is in. */
export const severities = ['info', 'attention', 'bad'] as const;
export type Severity = (typeof severities)[number];
