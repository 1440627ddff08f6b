/** One line of Prometheus's text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a scrape holds; throws on a line that is neither comment nor sample. */
export function samplesOf(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const found = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (!found) throw new Error(`Not a sample: ${line}`);
      const [, name = '', inside = '', value = ''] = found;
      const labels = Array.from(inside.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g), (pair) => [
        pair[1] ?? '',
        pair[2] ?? '',
      ]);
      return { name, labels: Object.fromEntries(labels), value: Number(value) };
    });
}

/** The sum of a metric's samples with these labels; undefined: there are none. */
export function sumOf(text: string, name: string, labels: Sample['labels'] = {}): number | undefined {
  const found = samplesOf(text).filter(
    (one) =>
      one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}
