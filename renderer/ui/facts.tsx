import type { ReactNode } from 'react';
import { dash } from './format.ts';

/** Label and value pairs in a grid. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

export function Fact({ label, children, wide = false }: FactProps) {
  return (
    <div className="fact" data-wide={wide || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A missing value: a dash, and why. Never 0. */
export function Missing({ why = 'not reported' }: { readonly why?: string }) {
  return (
    <span className="missing">
      {dash} <span className="missing-why">{why}</span>
    </span>
  );
}
