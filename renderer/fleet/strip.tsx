import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Source } from '../live/source.ts';
import { NoValue, Trouble } from '../panels/card.tsx';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { useClaims } from '../ui/use-unsure.ts';

/** Is it fine? What each source says in a few facts, with its state and age. */
export function Strip({ children }: { readonly children: ReactNode }) {
  return (
    <section className="strip" aria-label="Is it fine?">
      {children}
    </section>
  );
}

interface Props<T> {
  readonly title: string;
  readonly source: Source<T>;
  readonly paused: boolean;
  /** Draws the last good value; called only when there is one. */
  readonly children: (value: T) => ReactNode;
  /** Said at the foot while nothing is wrong with the source. */
  readonly note?: (value: T) => ReactNode;
}

export function StripCell<T>({ title, source, paused, children, note }: Props<T>) {
  const id = useId();
  const claims = useClaims(source, paused);
  const { value } = source.reading;
  return (
    <section className="panel strip-cell" aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        <ChipWithChain source={source} paused={paused} />
      </header>
      <div className="strip-body" data-unsure={!claims || undefined}>
        {value === null ? <NoValue source={source} /> : children(value)}
      </div>
      {value !== null && (
        <Trouble source={source} paused={paused}>
          {note?.(value)}
        </Trouble>
      )}
    </section>
  );
}
