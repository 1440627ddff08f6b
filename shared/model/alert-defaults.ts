/** What the alert rules watch for until the operator chooses; ALERTS, Parameters and Value rules. */
export const defaultAlertRules = {
  stale: { on: true, forSeconds: 15, polls: 6 },
  unreachable: { on: true, forSeconds: 15 },
  'vpn-down': { on: true, forSeconds: 30 },
  'vpn-emergency': { on: true, forSeconds: 0 },
  'engines-unhealthy': { on: true, forSeconds: 60 },
  'provisioning-blocked': { on: true, forSeconds: 60 },
  'not-moving': { on: true, forSeconds: 0, polls: 12 },
  'hit-rate-low': { on: false, forSeconds: 0, percent: 50, lookups: 20 },
  'session-expiring': { on: true, forSeconds: 0, withinMinutes: 60 },
};

export const defaultAlertTiming = { clearSeconds: 15, groupSeconds: 5, repeatMinutes: 30, reminders: 5 };
