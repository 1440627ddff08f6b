import { useEffect, useRef } from 'react';

/** Set while a page was asked for and its heading is not there yet: it comes with a chunk of its own. */
let arriving = false;

/** From now on the next page's heading takes the focus, and assistive technology reads it. */
export function expectPage(): void {
  arriving = true;
}

interface Props {
  readonly children: string;
  /** For pages that say by themselves what they are. */
  readonly hidden?: boolean;
}

/** The page's one first-level heading. Every page has it, because the focus goes there when the page is changed. */
export function PageHeading({ children, hidden = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!arriving) return;
    arriving = false;
    heading.current?.focus();
  }, []);
  return (
    <h1 ref={heading} className={hidden ? 'visually-hidden' : 'page-heading'} tabIndex={-1}>
      {children}
    </h1>
  );
}
