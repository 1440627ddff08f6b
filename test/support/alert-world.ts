import type {
  Alert,
  AlertMessage,
  AlertRecord,
  AlertsState,
  RuleState,
} from '../../shared/contract/alerts.ts';

/** What the alert service tells pages, made up; `rest` in place of what a test is about. */

const at = 1_000_000_000_000;
const key = 'demo/stale/vpn:status';

export function alertOf(rest: Partial<Alert> = {}): Alert {
  return {
    key,
    rule: 'stale',
    severity: 'attention',
    profile: 'Demo',
    title: 'VPN status is stale',
    detail: 'Last good value 50 s ago (14:02:15). Last 4 tries failed: timeout.',
    state: 'firing',
    since: at - 50_000,
    announcedAt: at - 10_000,
    reminders: { sent: 0, of: 5 },
    next: { what: 'reminds', at: at + 1_790_000 },
    heldBy: [],
    ...rest,
  };
}

export function ruleOf(rest: Partial<RuleState> = {}): RuleState {
  return {
    key,
    rule: 'stale',
    title: 'VPN status is stale',
    on: true,
    text: 'No good load for 30 s (6 polls), and still so 15 s later.',
    condition: 'false',
    ...rest,
  };
}

export function alertsOf(rest: Partial<AlertsState> = {}): AlertsState {
  return {
    active: [],
    silences: [],
    rules: [ruleOf()],
    firing: 0,
    quietUntil: null,
    held: 0,
    demoTimes: false,
    ...rest,
  };
}

export function messageOf(rest: Partial<AlertMessage> = {}): AlertMessage {
  return {
    id: 1,
    at,
    kind: 'firing',
    severity: 'attention',
    title: 'VPN status is stale',
    body: 'Last good value 50 s ago (14:02:15). Showing the old value.',
    keys: [key],
    tag: key,
    route: '#/alerts',
    way: 'toast',
    why: null,
    sound: false,
    outcome: null,
    ...rest,
  };
}

export function recordOf(rest: Partial<AlertRecord> = {}): AlertRecord {
  return {
    id: 1,
    at,
    profile: 'Demo',
    kind: 'message',
    severity: 'attention',
    keys: [key],
    title: 'VPN status is stale',
    detail: 'Last good value 50 s ago (14:02:15). Showing the old value.',
    delivery: 'Toast in the window',
    ...rest,
  };
}
