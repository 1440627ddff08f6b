import type { EventKind, Severity } from '../../shared/model/events.ts';

/** What operators call each kind of event. */
export const kindWords: Readonly<Record<EventKind, string>> = {
  state: 'State',
  vpn: 'VPN',
  refresh: 'Refresh',
  clear: 'Clear',
  invalidate: 'Invalidate',
  pause: 'Pause',
  resume: 'Resume',
  sleep: 'Sleep',
  start: 'Start',
  stop: 'Stop',
  profile: 'Profile',
  settings: 'Settings',
  action: 'Action',
  demo: 'Demo',
  problem: 'Problem',
  update: 'Update',
  warming: 'Warming',
};

export const severityWords: Readonly<Record<Severity, string>> = {
  info: 'Info',
  attention: 'Attention',
  bad: 'Serious',
};
