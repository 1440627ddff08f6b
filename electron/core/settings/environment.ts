import { settingNames, settings, settingsShape } from '../../../shared/contract/settings.ts';
import type { SettingName, SettingsState } from '../../../shared/contract/settings.ts';
import { densities, logLevels, pollChoices, themes } from '../../../shared/model/settings.ts';
import { defaultSettings } from './values.ts';
import type { SettingsChange } from './values.ts';

interface Variable {
  readonly name: string;
  readonly read: (text: string) => unknown;
  /** What it takes, for the sentence about a value that does not fit. */
  readonly takes: string;
}

const asText = (text: string): string => text;
/** NaN, which no setting takes, for what is not written in digits. */
const asNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : NaN);
const asSwitch = (text: string): unknown => (text === 'on' ? true : text === 'off' ? false : text);

/** What is warmed is as by default then: who decides by environment does not choose on a page. */
const asWarming = (text: string): unknown => ({ ...defaultSettings.warming, on: asSwitch(text) });

/** The settings of a headless machine; the others only mean something on a desktop. */
const variables: Readonly<Partial<Record<SettingName, Variable>>> = {
  theme: { name: 'CACHEDECK_THEME', read: asText, takes: oneOf(themes) },
  density: { name: 'CACHEDECK_DENSITY', read: asText, takes: oneOf(densities) },
  timeZone: { name: 'CACHEDECK_TIME_ZONE', read: asText, takes: 'system, or a zone such as Europe/Berlin' },
  pollSeconds: { name: 'CACHEDECK_INTERVAL', read: asNumber, takes: `${oneOf(pollChoices)} (seconds)` },
  refreshAhead: { name: 'CACHEDECK_REFRESH_AHEAD', read: asSwitch, takes: 'on or off' },
  historyDays: { name: 'CACHEDECK_HISTORY_DAYS', read: asNumber, takes: 'a whole number of days, 1 to 90' },
  requestLogHours: {
    name: 'CACHEDECK_REQUEST_LOG_HOURS',
    read: asNumber,
    takes: 'a whole number of hours, 0 to 72',
  },
  eventDays: { name: 'CACHEDECK_EVENT_DAYS', read: asNumber, takes: 'a whole number of days, 1 to 365' },
  warming: { name: 'CACHEDECK_WARMING', read: asWarming, takes: 'on or off' },
  logLevel: { name: 'CACHEDECK_LOG', read: asText, takes: oneOf(logLevels) },
};

export interface EnvironmentSettings {
  readonly values: SettingsChange;
  readonly overridden: SettingsState['overridden'];
  /** Plain sentences about variables that are ignored, without what stands in them. */
  readonly warnings: readonly string[];
}

/** Reads the settings among `CACHEDECK_*` variables. One that is empty counts as not set. */
export function settingsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentSettings {
  const values: Record<string, unknown> = {};
  const overridden: SettingsState['overridden'] = [];
  const warnings: string[] = [];
  for (const name of settingNames) {
    const variable = variables[name];
    const text = variable && environment[variable.name]?.trim();
    if (!variable || !text) continue;
    const read = settingsShape[name].safeParse(variable.read(text));
    if (read.success) {
      values[name] = read.data;
      overridden.push({ name, variable: variable.name });
    } else {
      warnings.push(`${variable.name} takes ${variable.takes}; what it holds is ignored.`);
    }
  }
  return { values: settings.partial().parse(values), overridden, warnings };
}

function oneOf(choices: readonly (string | number)[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
