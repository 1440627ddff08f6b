interface Props {
  /** 0 to 1. */
  readonly part: number;
  readonly text: string;
}

/** A number with its part of the largest as a bar in front. */
export function Bar({ part, text }: Props) {
  return (
    <span className="bar">
      <span className="bar-track">
        <span className="bar-fill" style={{ transform: `scaleX(${part})` }} />
      </span>
      <span className="bar-text">{text}</span>
    </span>
  );
}
