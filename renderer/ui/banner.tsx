import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'attention' | 'bad' | 'neutral';
  readonly glyph: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A fact about the whole page or card, in words. */
export function Banner({ tone, glyph, title, children }: Props) {
  return (
    <div className="banner" data-role={tone}>
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>
      <p>
        <strong>{title}</strong> {children}
      </p>
    </div>
  );
}
