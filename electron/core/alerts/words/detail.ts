import { spanText } from '../../../../shared/model/age.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { isFresh } from '../../../../shared/model/freshness.ts';
import type { Reading } from '../../../../shared/model/reading.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';
import type { AlertKeyParts } from '../rules/key.ts';
import { failureWords, triesSentence } from './failure-words.ts';
import { readingOf, reportedSources } from './facts.ts';
import type { AlertFacts, WordSources } from './facts.ts';

/** Of a container, in a notification. */
const longestName = 40;

type Sentences = readonly (string | null)[];

/** The fact as it is now, in a sentence or two. */
export function alertDetail(parts: AlertKeyParts, facts: AlertFacts | null, sources: WordSources): string {
  if (!facts) return 'Its profile is not watched now.';
  const source = watchedResources.find((one) => one === parts.subject);
  const sentences =
    parts.rule === 'stale'
      ? staleSentences(facts, source ?? 'orchestrator:status', sources.timeOfDay)
      : valueSentences(parts.rule, facts, sources);
  return sentences.filter((one) => one !== null).join(' ');
}

function staleSentences(
  facts: AlertFacts,
  source: WatchedResource,
  timeOfDay: WordSources['timeOfDay'],
): Sentences {
  const reading = readingOf(facts, source);
  const tries = triesSentence(reading.failure);
  if (reading.age === null) return [`Nothing received for ${spanText(facts.watchedFor)}.`, tries];
  const at = reading.loadedAt === null ? '' : ` (${timeOfDay(reading.loadedAt)})`;
  return [
    `Last good value ${agoText(reading.age)}${at}.`,
    tries,
    isFresh(reading) ? null : 'Showing the old value.',
  ];
}

function valueSentences(
  rule: Exclude<AlertRule, 'stale'>,
  facts: AlertFacts,
  { now }: WordSources,
): Sentences {
  switch (rule) {
    case 'unreachable':
      return unreachableSentences(facts);
    case 'vpn-down':
      return vpnSentences(facts, now);
    case 'vpn-emergency':
      return emergencySentences(facts);
    case 'engines-unhealthy':
      return [engineSentence(facts), reportSentence(facts.input.orchestrator)];
    case 'provisioning-blocked':
      return [...blockedSentences(facts), reportSentence(facts.input.orchestrator)];
    case 'not-moving':
      return standingSentences(facts);
    case 'hit-rate-low':
      return [hitRateSentence(facts)];
    case 'session-expiring':
      return [sessionSentence(facts)];
  }
}

function unreachableSentences(facts: AlertFacts): Sentences {
  const readings = reportedSources(facts).map((source) => readingOf(facts, source));
  const failing = readings.filter(({ failure }) => failure !== null);
  const [first] = failing;
  if (!first?.failure) return [`${facts.profile} answers now.`];
  const ages = readings.map(({ age }) => age).filter((age) => age !== null);
  // The last word from any of them; sleep is no silence of the backend's.
  const silent = Math.min(facts.watchedFor, ...ages);
  const affected = failing.length === 1 ? '1 source' : `${failing.length} sources`;
  return [
    `No reply from ${facts.profile} for ${spanText(silent)} (${failureWords(first.failure)}).`,
    `${affected} affected; one notice for all.`,
  ];
}

function vpnSentences({ input }: AlertFacts, now: number): Sentences {
  const { vpn, orchestrator } = input;
  const report = reportOf(vpn);
  if (report === null || !isFresh(vpn)) return [reportSentence(vpn)];
  if (vpn.value?.connected === true)
    return [`Reported as connected ${agoText(vpn.age ?? 0)}; that has to hold.`];
  const checked = vpn.observedAt === null ? -1 : now - vpn.observedAt;
  // A server whose clock is ahead, or that checks when it is asked, adds nothing by its own time.
  const check = checked > (vpn.age ?? 0) + 1000 ? `; checked ${agoText(checked)}` : '';
  const engines = isFresh(orchestrator) ? (orchestrator.value?.engines.total ?? 0) : 0;
  const behind = engines === 0 ? null : `${engines === 1 ? '1 engine' : `${engines} engines`} behind it.`;
  return [`${report}${check}.`, behind];
}

function emergencySentences({ input: { vpn } }: AlertFacts): Sentences {
  const emergency = vpn.value?.emergency;
  const report = reportSentence(vpn);
  if (!emergency?.active || !isFresh(vpn)) return [report];
  const failed = emergency.failedVpn?.slice(0, longestName) ?? 'One of two VPNs';
  const over = emergency.healthyVpn?.slice(0, longestName) ?? 'the other';
  return [`${failed} has failed; everything runs over ${over}.`, report];
}

function engineSentence({ input: { orchestrator } }: AlertFacts): string | null {
  const engines = orchestrator.value?.engines;
  if (!engines || !isFresh(orchestrator)) return null;
  const { unhealthy, healthy, total, running } = engines;
  if (unhealthy !== null && unhealthy > 0) {
    const of = total === null ? '' : ` of ${total}`;
    const rest = healthy === null ? '' : `, ${healthy} healthy`;
    return `${unhealthy}${of} engines unhealthy${rest}.`;
  }
  if (healthy === 0 && running !== null && running > 0) {
    return running === 1
      ? 'The one running engine is not healthy.'
      : `None of ${running} running engines is healthy.`;
  }
  return 'No engine is unhealthy now.';
}

/** The server's own sentence stays out of a notification; its code is enough. */
function blockedSentences({ input: { orchestrator } }: AlertFacts): Sentences {
  const provisioning = orchestrator.value?.provisioning;
  if (!provisioning || !isFresh(orchestrator)) return [];
  if (provisioning.canProvision !== false) return ['Engines can be started now.'];
  const eta = provisioning.blocked?.recoveryEtaSeconds ?? null;
  return [
    blockReasons[provisioning.blocked?.code ?? ''] ?? 'The server gives no reason that is known here.',
    eta === null || eta <= 0 ? null : `It expects to be free in ${spanText(eta * 1000)}.`,
  ];
}

const blockReasons: Readonly<Record<string, string>> = {
  vpn_disconnected: 'The VPN is disconnected.',
  circuit_breaker: 'The circuit breaker is open after failed starts.',
  max_capacity: 'There are as many engines as there may be.',
};

function standingSentences({ input: { totals }, parameters }: AlertFacts): Sentences {
  const count = totals.value?.containerCount ?? null;
  const running =
    count === null ? 'containers run' : count === 1 ? '1 container runs' : `${count} containers run`;
  return [
    `Byte counters unchanged for ${parameters.notMovingPolls} polls while ${running}.`,
    reportSentence(totals),
  ];
}

function hitRateSentence({ input: { hitRate5m }, parameters: { hitRate } }: AlertFacts): string {
  const { percent, n } = hitRate5m;
  const rate = n === 0 ? 'No lookups in 5 min' : `${Math.round(percent)} % over 5 min, of ${n} lookups`;
  return `${rate}; the threshold is ${hitRate.percent} %.`;
}

function sessionSentence({ input: { sessions } }: AlertFacts): string {
  const calls = sessions?.calls ?? 0;
  if (calls === 0) return 'None does now.';
  return `Refresh now to avoid ${calls === 1 ? '1 slow call' : `${calls} slow calls`}.`;
}

function reportSentence(reading: Reading<unknown>): string {
  const report = reportOf(reading);
  if (report === null) return 'Unknown: nothing was received yet.';
  return `${report}.`;
}

function reportOf(reading: Reading<unknown>): string | null {
  if (reading.age === null) return null;
  const ago = agoText(reading.age);
  return isFresh(reading) ? `Reported by orchestrator ${ago}` : `Unknown now: last report ${ago}`;
}

function agoText(ms: number): string {
  return ms < 2000 ? 'just now' : `${spanText(ms)} ago`;
}
