/**
 * Hours, minutes and seconds as operators read them.
 * @param at UTC ms
 * @param timeZone `system`, or a name of the IANA time zone database
 */
export function clockTime(at: number, timeZone: string): string {
  return new Date(at).toLocaleTimeString('en-GB', timeZone === 'system' ? {} : { timeZone });
}

/** The same without seconds. */
export function shortClockTime(at: number, timeZone: string): string {
  return clockTime(at, timeZone).slice(0, 5);
}
