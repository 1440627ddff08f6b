import { createContext } from 'react';
import type { ReactNode } from 'react';
import type { CallName } from '../../shared/rpc/client.ts';
import { needsWords, useMay } from '../live/use-may.ts';

/** Whether a gate around is closed: for controls that are no native ones. */
export const ClosedContext = createContext(false);

/** Disables all controls in it, with the reason as their tooltip, for whom a call is not allowed. Takes no room. */
export function Gate({ call, children }: { readonly call: CallName; readonly children: ReactNode }) {
  const { may, needs } = useMay(call);
  if (may) return children;
  return (
    <ClosedContext value>
      <fieldset className="gate" disabled title={needsWords(needs)}>
        {children}
      </fieldset>
    </ClosedContext>
  );
}
