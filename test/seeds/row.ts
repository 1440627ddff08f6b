/** What a row's measurement found. */
export interface Finding {
  /** In words and figures, measured just now. */
  readonly ours: string;
  readonly pass: boolean;
}

/** One requirement or figure of a seed document. */
export interface SeedRow {
  /** File name. */
  readonly document: string;
  /** What it is about, unique within the document. */
  readonly row: string;
  /** The document's own figure or wording, shortened. */
  readonly seed: string;
  /** Tries it on the real code. */
  readonly measure: () => Finding | Promise<Finding>;
  /** Why ours differs, where it does. */
  readonly deviation?: string;
}

/** A finding from a list of values that must equal the expected ones. */
export function same(ours: string, actual: unknown, expected: unknown): Finding {
  return { ours, pass: JSON.stringify(actual) === JSON.stringify(expected) };
}
