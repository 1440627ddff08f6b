const timestamp = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?/g;

/** The newest ISO time in the texts, UTC ms; null when they hold none. */
export function newestTimestamp(texts: Iterable<string>): number | null {
  let newest: number | null = null;
  for (const text of texts) {
    for (const [found, , zone] of text.matchAll(timestamp)) {
      const ms = Date.parse(zone ? found : `${found}Z`);
      if (newest === null || ms > newest) newest = ms;
    }
  }
  return newest;
}

/** Moves every ISO time in the text by `offset` ms and keeps its way of writing (fraction, zone). */
export function shiftTimestamps(text: string, offset: number): string {
  return text.replace(timestamp, (found: string, fraction: string | undefined, zone: string | undefined) => {
    const moved = new Date(Date.parse(zone ? found : `${found}Z`) + offset).toISOString();
    const [seconds = '', millis = '000Z'] = moved.split('.');
    const digits = fraction === undefined ? '' : `.${millis.slice(0, 3)}`.padEnd(fraction.length, '0');
    return `${seconds}${digits}${zone ?? ''}`;
  });
}
