import { Meter as Base } from '@base-ui/react/meter';

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
  const top = Math.max(max, 1);
  const shown = Math.min(top, Math.max(0, value));
  return (
    <Base.Root
      className="meter"
      data-tone={tone}
      value={shown}
      max={top}
      aria-label={label}
      aria-valuetext={text}
    >
      <Base.Track className="meter-track">
        <span className="meter-fill" style={{ transform: `scaleX(${shown / top})` }} />
      </Base.Track>
      <span className="meter-text" aria-hidden="true">
        {text}
      </span>
    </Base.Root>
  );
}
