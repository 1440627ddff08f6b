import { Tooltip } from '@base-ui/react/tooltip';
import { memo } from 'react';
import type { ReactElement } from 'react';

interface Props {
  readonly text: string;
  /** The words only repeat the control's own name. */
  readonly repeats?: boolean;
  readonly side?: 'top' | 'right';
  readonly children: ReactElement;
}

/** Words for a control on hover and on focus; the control keeps its own name. */
export function Hint({ text, repeats = false, side = 'top', children }: Props) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        delay={350}
        closeOnClick={repeats}
        render={children}
        aria-description={repeats ? undefined : text}
      />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="layer">
          <Tooltip.Popup className="tooltip">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** A term with its meaning or formula behind it. */
export const Term = memo(function Term({ word, means }: { readonly word: string; readonly means: string }) {
  return (
    <Hint text={means}>
      <button type="button" className="term">
        {word}
      </button>
    </Hint>
  );
});
