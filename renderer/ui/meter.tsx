interface Props {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The value as words: "1.5 s of 3 s". */
  readonly text: string;
  readonly tone?: 'accent' | 'neutral';
}

/** A bar with its value in words; assistive technology reads the words. */
export function Meter({ label, value, max, text, tone = 'neutral' }: Props) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <span className="meter" data-tone={tone}>
      <span
        className="meter-track"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(max, Math.max(0, value))}
        aria-valuetext={text}
      >
        <span className="meter-fill" style={{ transform: `scaleX(${share})` }} />
      </span>
      <span className="meter-text" aria-hidden="true">
        {text}
      </span>
    </span>
  );
}
