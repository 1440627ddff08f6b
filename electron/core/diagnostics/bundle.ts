import type { AppInfo, PollingState } from '../../../shared/contract/app.ts';
import type { CacheStatistics } from '../../../shared/contract/cache.ts';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import type { Profile, ProfilesState } from '../../../shared/contract/profiles.ts';
import type { Problem, SettingsState } from '../../../shared/contract/settings.ts';
import { maskAccount } from '../logs/redact.ts';
import type { LoggedRequest } from '../history/store/request-log.ts';

const mostEvents = 200;
const mostRequests = 200;
const mostLines = 300;

export interface DiagnosticFacts {
  /** UTC ms. */
  readonly at: number;
  readonly version: string;
  readonly host: AppInfo['host'];
  /** System, its release and the processor, as Node names them. */
  readonly platform: { readonly system: string; readonly release: string; readonly arch: string };
  readonly node: string;
  /** null: not in Electron. */
  readonly electron: string | null;
  readonly capabilities: AppInfo['capabilities'];
  readonly uptimeMs: number;
  readonly dataFolder: string | null;
  /** The home directory; it is written as `~` wherever it occurs, because it often carries a person's name. */
  readonly home: string;
  readonly settings: SettingsState;
  readonly profiles: ProfilesState;
  readonly problems: readonly Problem[];
  readonly cache: CacheStatistics;
  readonly polling: PollingState;
  /** Newest first. */
  readonly events: readonly LoggedEvent[];
  /** Newest first. */
  readonly requests: readonly LoggedRequest[];
  /** Oldest first. */
  readonly logLines: readonly string[];
}

/**
 * What someone needs to find out why Cachedeck misbehaves, as JSON for people to read before they send it.
 * @param clean makes secrets and e-mail addresses in a text unreadable; every text in the bundle passes through it
 */
export function diagnosticBundle(facts: DiagnosticFacts, clean: (text: string) => string): string {
  const { at, home, profiles, settings, events, requests, logLines, ...rest } = facts;
  const content = {
    writtenAt: new Date(at).toISOString(),
    ...rest,
    settings: {
      values: settings.values,
      // Which variables count, never what stands in them.
      overridden: settings.overridden.map(({ name, variable }) => ({ name, variable })),
      warnings: settings.warnings,
    },
    profiles: { ...profiles, profiles: profiles.profiles.map(withoutAccounts) },
    events: events.slice(0, mostEvents),
    requests: requests.slice(0, mostRequests),
    logLines: logLines.slice(-mostLines),
  };
  const shorten = homeShortener(home);
  return `${JSON.stringify(
    mapTexts(content, (text) => clean(shorten(text))),
    null,
    2,
  )}\n`;
}

/** Name of the file, with the time in UTC. */
export function bundleName(at: number): string {
  const time = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `cachedeck-diagnostics-${time}.json`;
}

function withoutAccounts(profile: Profile): Profile {
  const { portal, workstations } = profile;
  return {
    ...profile,
    portal: portal && { ...portal, email: portal.email === null ? null : maskedEmail(portal.email) },
    workstations: workstations && {
      ...workstations,
      user: workstations.user === null ? null : maskedEmail(workstations.user),
    },
  };
}

/** Masks what stands before the @; an account without one is masked as a whole. */
function maskedEmail(account: string): string {
  const at = account.lastIndexOf('@');
  return at < 0 ? maskAccount(account) : maskAccount(account.slice(0, at)) + account.slice(at);
}

function homeShortener(home: string): (text: string) => string {
  const folder = home.replace(/[/\\]+$/, '');
  if (folder === '') return (text) => text;
  const literal = folder.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const whole = new RegExp(`${literal}(?![\\w-])`, 'g');
  return (text) => text.replace(whole, '~');
}

/**
 * A copy of a JSON value with every text in it changed, names of fields included. Text by text rather than in the
 * finished JSON, which a pattern could break.
 */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [change(name), mapTexts(item, change)]),
  );
}
