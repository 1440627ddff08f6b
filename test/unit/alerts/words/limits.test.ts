import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertRules, alertStates } from '../../../../shared/model/alerts.ts';
import { failureCodes } from '../../../../shared/model/reading.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import { ruleKey, staleKey } from '../../../../electron/core/alerts/rules/key.ts';
import type { OutgoingItem } from '../../../../electron/core/alerts/types.ts';
import { alertDetail } from '../../../../electron/core/alerts/words/detail.ts';
import type { AlertFacts } from '../../../../electron/core/alerts/words/facts.ts';
import { messageText } from '../../../../electron/core/alerts/words/message.ts';
import { alertTitle } from '../../../../electron/core/alerts/words/names.ts';
import { reading } from '../../../support/readings.ts';
import { orchestrator, vpn } from '../../../support/watch-bed.ts';
import { totals } from '../rules/rule-bed.ts';
import { factsOf, failed, hour, itemOf, now, outgoingOf, sourcesOf } from './words-bed.ts';

/** What a server may write into its messages and nobody should read in a notification. */
const leak = 'Ask jane.doe@example.com! token=abc.def.ghi 🚨';

const span = fc.nat({ max: 400 * 24 * hour });
const profileId = fc.oneof(fc.constant('demo'), fc.string({ minLength: 1, maxLength: 200 }));
const items: fc.Arbitrary<OutgoingItem> = fc
  .record({
    rule: fc.constantFrom(...alertRules),
    source: fc.constantFrom(...watchedResources),
    profileId,
    kind: fc.constantFrom('firing', 'recovered', 'still', 'unstable', 'settled'),
    state: fc.constantFrom(null, ...alertStates),
    lasted: span,
    reminder: fc.nat({ max: 20 }),
    next: fc.option(span),
    changes: fc.nat({ max: 100_000 }),
  })
  .map(({ source, profileId: id, next, rule, ...rest }) =>
    itemOf(rule, {
      ...rest,
      key: rule === 'stale' ? staleKey(id, source) : ruleKey(id, rule),
      nextReminderAt: next === null ? null : now + next,
    }),
  );

const counts = fc.option(fc.nat());
const facts: fc.Arbitrary<AlertFacts> = fc
  .record({
    profile: fc.constantFrom('home-lab', 'x'.repeat(60)),
    watchedFor: span,
    age: fc.option(span),
    code: fc.option(fc.constantFrom(...failureCodes)),
    connected: fc.option(fc.boolean()),
    name: fc.option(fc.constantFrom('gluetun1', 'g'.repeat(5000))),
    engines: fc.record({ total: counts, running: counts, healthy: counts, unhealthy: counts }),
    block: fc.constantFrom('vpn_disconnected', 'circuit_breaker', leak),
    eta: counts,
    sessions: fc.option(fc.record({ sessions: fc.nat(), calls: fc.nat() })),
    n: fc.nat(),
  })
  .map((one) => {
    const failure = one.code === null ? null : failed({ code: one.code, message: leak, count: one.n });
    const change = { age: one.age, failure };
    const status = orchestrator('healthy', leak);
    const blocked = { code: one.block, message: leak, recoveryEtaSeconds: one.eta, canRetry: null };
    const emergency = { active: true, failedVpn: one.name, healthyVpn: one.name, durationSeconds: 1 };
    return factsOf(
      {
        totals: reading(totals, change),
        vpn: reading(vpn({ connected: one.connected, emergency }), { ...change, observedAt: now - one.n }),
        orchestrator: reading(
          { ...status, engines: one.engines, provisioning: { ...status.provisioning, blocked } },
          change,
        ),
        hitRate5m: { percent: 50, n: one.n },
        sessions: one.sessions,
      },
      { profile: one.profile, watchedFor: one.watchedFor },
    );
  });

/** No blame, no shouting, nothing of a server's own words. */
function expectPlain(text: string): void {
  expect(text).not.toMatch(/[!@]|token|\p{Extended_Pictographic}|undefined|null|NaN|Infinity/u);
  expect(text).toBe(text.trim());
}

test('no message is longer than the contract allows, shouts, or passes on what a server wrote', () => {
  fc.assert(
    fc.property(
      fc.array(items, { minLength: 1, maxLength: 60 }),
      fc.option(facts),
      fc.boolean(),
      (several, known, digest) => {
        const outgoing = outgoingOf(several, digest ? { kind: 'digest', held: 'rate-limit' } : {});
        const { title, body, tag, keys } = messageText(outgoing, sourcesOf(known));
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(120);
        expect(body.length).toBeGreaterThan(0);
        expect(body.length).toBeLessThanOrEqual(500);
        expect(tag.length).toBeLessThanOrEqual(300);
        expect(keys.length).toBeLessThanOrEqual(50);
        expectPlain(title);
        expectPlain(body);
      },
    ),
    { numRuns: 500 },
  );
});

test('nor does the page', () => {
  fc.assert(
    fc.property(fc.constantFrom(...alertRules), facts, (rule, known) => {
      const subject = rule === 'stale' ? 'vpn:status' : 'orchestrator';
      const parts = { profileId: 'p', rule, subject } as const;
      const [title, detail] = [alertTitle(parts, known), alertDetail(parts, known, sourcesOf(known))];
      expect(title.length).toBeLessThanOrEqual(120);
      expect(detail.length).toBeLessThanOrEqual(500);
      expectPlain(title);
      expectPlain(detail);
    }),
    { numRuns: 500 },
  );
});

test('alone, every alert in its usual length fits what a desktop shows of a title', () => {
  const kinds = ['firing', 'recovered', 'unstable', 'settled', 'still'] as const;
  for (const rule of alertRules) {
    for (const kind of kinds) {
      for (const source of watchedResources) {
        const key = rule === 'stale' ? staleKey('p', source) : ruleKey('p', rule);
        const one = itemOf(rule, { kind, key, lasted: 3 * hour, reminder: 1, nextReminderAt: now + hour });
        expect(messageText(outgoingOf([one]), sourcesOf()).title.length).toBeLessThanOrEqual(45);
      }
    }
  }
});
