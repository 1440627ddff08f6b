import { describe, expect, test } from 'vitest';
import type { OrchestratorStatus } from '../../../../shared/contract/orchestrator.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertDetail } from '../../../../electron/core/alerts/words/detail.ts';
import type { AlertFacts } from '../../../../electron/core/alerts/words/facts.ts';
import { failureWords, triesSentence } from '../../../../electron/core/alerts/words/failure-words.ts';
import { alertTitle } from '../../../../electron/core/alerts/words/names.ts';
import { reading } from '../../../support/readings.ts';
import { orchestrator, vpn } from '../../../support/watch-bed.ts';
import { totals } from '../rules/rule-bed.ts';
import { factsOf, failed, minute, now, refused, second, sourcesOf } from './words-bed.ts';

const partsOf = (rule: AlertRule) =>
  ({ profileId: 'p', rule, subject: rule === 'stale' ? 'vpn:status' : 'orchestrator' }) as const;
const detail = (rule: AlertRule, facts: AlertFacts | null): string =>
  alertDetail(partsOf(rule), facts, sourcesOf(facts));

function status(change: Partial<OrchestratorStatus>, age = 4 * second): AlertFacts {
  return factsOf({ orchestrator: reading({ ...orchestrator('healthy'), ...change }, { age }) });
}
const engines = (change: Partial<OrchestratorStatus['engines']>): AlertFacts =>
  status({ engines: { total: 8, running: 8, healthy: 8, unhealthy: 0, ...change } });
const blocked = (code: string, recoveryEtaSeconds: number | null): AlertFacts =>
  status({
    provisioning: {
      canProvision: false,
      breaker: 'closed',
      lastFailure: null,
      blocked: { code, message: 'Ask jane.doe@example.com.', recoveryEtaSeconds, canRetry: null },
    },
  });
const connected = (change: Parameters<typeof vpn>[0], age = 4 * second): AlertFacts =>
  factsOf({ vpn: reading(vpn(change), { age }) });

describe('the fact as it is now', () => {
  test.each<[AlertRule, AlertFacts, string]>([
    [
      'stale',
      factsOf({ vpn: reading(vpn(), { loadedAt: now - 1000 }) }),
      'Last good value just now (14:03:04).',
    ],
    ['unreachable', factsOf(), 'home-lab answers now.'],
    [
      'unreachable',
      factsOf(
        {
          totals: reading(totals, { supported: false }),
          vpn: reading(vpn(), { age: 9 * 60 * minute, failure: refused() }),
          orchestrator: reading(orchestrator('healthy'), { age: 9 * 60 * minute }),
        },
        { watchedFor: 40 * second },
      ),
      'No reply from home-lab for 40 s (connection refused). 1 source affected; one notice for all.',
    ],
    [
      'vpn-down',
      connected({ connected: true }, 2 * second),
      'Reported as connected 2 s ago; that has to hold.',
    ],
    [
      'vpn-down',
      factsOf({ vpn: reading(vpn({ connected: false }), { age: 2 * minute, failure: failed() }) }),
      'Unknown now: last report 2 min 0 s ago.',
    ],
    ['vpn-down', factsOf({ vpn: reading<never>(null) }), 'Unknown: nothing was received yet.'],
    // A server whose clock is ahead of this one.
    [
      'vpn-down',
      factsOf({
        vpn: reading(vpn({ connected: false }), { age: 4 * second, observedAt: now + minute }),
        orchestrator: reading({
          ...orchestrator('degraded'),
          engines: { total: 1, running: 1, healthy: 1, unhealthy: 0 },
        }),
      }),
      'Reported by orchestrator 4 s ago. 1 engine behind it.',
    ],
    [
      'vpn-emergency',
      connected({
        emergency: { active: true, failedVpn: 'gluetun2', healthyVpn: 'gluetun1', durationSeconds: 15 },
      }),
      'gluetun2 has failed; everything runs over gluetun1. Reported by orchestrator 4 s ago.',
    ],
    [
      'vpn-emergency',
      connected({ emergency: { active: true, failedVpn: null, healthyVpn: null, durationSeconds: null } }),
      'One of two VPNs has failed; everything runs over the other. Reported by orchestrator 4 s ago.',
    ],
    ['vpn-emergency', connected({}), 'Reported by orchestrator 4 s ago.'],
    [
      'engines-unhealthy',
      engines({ healthy: 6, unhealthy: 2 }),
      '2 of 8 engines unhealthy, 6 healthy. Reported by orchestrator 4 s ago.',
    ],
    [
      'engines-unhealthy',
      engines({ total: null, healthy: null, unhealthy: 2 }),
      '2 engines unhealthy. Reported by orchestrator 4 s ago.',
    ],
    [
      'engines-unhealthy',
      engines({ running: 10, healthy: 0 }),
      'None of 10 running engines is healthy. Reported by orchestrator 4 s ago.',
    ],
    [
      'engines-unhealthy',
      engines({ running: 1, healthy: 0 }),
      'The one running engine is not healthy. Reported by orchestrator 4 s ago.',
    ],
    ['engines-unhealthy', engines({}), 'No engine is unhealthy now. Reported by orchestrator 4 s ago.'],
    ['engines-unhealthy', status({}, minute), 'Unknown now: last report 60 s ago.'],
    [
      'provisioning-blocked',
      blocked('vpn_disconnected', 60),
      'The VPN is disconnected. It expects to be free in 60 s. Reported by orchestrator 4 s ago.',
    ],
    [
      'provisioning-blocked',
      blocked('circuit_breaker', null),
      'The circuit breaker is open after failed starts. Reported by orchestrator 4 s ago.',
    ],
    [
      'provisioning-blocked',
      blocked('novel', 0),
      'The server gives no reason that is known here. Reported by orchestrator 4 s ago.',
    ],
    ['provisioning-blocked', status({}), 'Engines can be started now. Reported by orchestrator 4 s ago.'],
    [
      'not-moving',
      factsOf(),
      'Byte counters unchanged for 12 polls while 8 containers run. Reported by orchestrator just now.',
    ],
    [
      'hit-rate-low',
      factsOf({ hitRate5m: { percent: 33.6, n: 120 } }),
      '34 % over 5 min, of 120 lookups; the threshold is 50 %.',
    ],
    [
      'hit-rate-low',
      factsOf({ hitRate5m: { percent: 0, n: 0 } }),
      'No lookups in 5 min; the threshold is 50 %.',
    ],
    [
      'session-expiring',
      factsOf({ sessions: { sessions: 1, calls: 1 } }),
      'Refresh now to avoid 1 slow call.',
    ],
    ['session-expiring', factsOf(), 'None does now.'],
  ])('%s', (rule, facts, sentence) => {
    expect(detail(rule, facts)).toBe(sentence);
  });

  test('of one container', () => {
    const one = factsOf({ totals: reading({ ...totals, containerCount: 1 }) });
    expect(detail('not-moving', one)).toContain('while 1 container runs.');
    const unknown = factsOf({ totals: reading({ ...totals, containerCount: null }) });
    expect(detail('not-moving', unknown)).toContain('while containers run.');
  });

  test('one session, and the title of a rule without its facts', () => {
    const one = factsOf({ sessions: { sessions: 1, calls: 2 } });
    expect(alertTitle(partsOf('session-expiring'), one)).toBe('1 session expires within 1 h');
    expect(alertTitle(partsOf('session-expiring'), factsOf())).toBe('Sessions expire soon');
    expect(alertTitle(partsOf('session-expiring'), null)).toBe('Sessions expire soon');
  });
});

describe('why tries failed, in few words', () => {
  test.each([
    ['unreachable', 'Nothing listens at h:1 (connection refused).', 'connection refused'],
    ['unreachable', 'The name in h:1 is not known (DNS).', 'name not found'],
    ['unreachable', 'There is no route to h:1.', 'no route'],
    ['unreachable', 'It closed the connection before it had answered GET /x.', 'connection closed'],
    ['unreachable', 'h:1 could not be reached (E).', 'no connection'],
    ['timeout', '', 'timeout'],
    ['unauthorized', '', 'not signed in (401)'],
    ['forbidden', '', 'not allowed (403)'],
    ['not-found', '', 'not offered'],
    ['rate-limited', '', 'too many requests'],
    ['server-error', 'It failed (GET /x, 500: token abc of jane@example.com).', 'server error'],
    ['bad-reply', '', 'unreadable reply'],
    ['tls', '', 'certificate not accepted'],
    ['cancelled', '', 'cancelled'],
  ] as const)('%s: %s', (code, message, words) => {
    expect(failureWords(failed({ code, message }))).toBe(words);
  });

  test('one try, several, none', () => {
    expect(triesSentence(failed({ count: 1 }))).toBe('Last try failed: timeout.');
    expect(triesSentence(failed({ count: 2 }))).toBe('Last 2 tries failed: timeout.');
    expect(triesSentence(null)).toBeNull();
  });
});
