import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Opened } from './opened.tsx';

interface Props {
  readonly opened: Opened;
  readonly title: string;
  readonly children: ReactNode;
}

/** What is known of one row, beside the table. It takes the focus; Esc closes it and gives the focus back. */
export function Detail({ opened: { id: of, close }, title, children }: Props) {
  const id = useId();
  const box = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (of !== null) heading.current?.focus();
  }, [of]);
  useEffect(() => {
    const element = box.current;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, [close]);
  return (
    <section ref={box} className="panel detail" aria-labelledby={id}>
      <header className="detail-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon-button" aria-label={`Close ${title}`} onClick={close}>
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      {children}
    </section>
  );
}

interface IdProps {
  readonly label: string;
  readonly value: string;
}

/** Something long that is needed elsewhere: whole, and with a way to the clipboard. */
export function CopyableId({ label, value }: IdProps) {
  return (
    <div className="copyable">
      <span className="fact-label">{label}</span>
      <code className="mono">{value}</code>
      <CopyButton text={() => value} className="icon-button" label={`Copy ${label}`} />
    </div>
  );
}
