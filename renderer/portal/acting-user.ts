import { useState } from 'react';
import type { PortalUser } from '../../shared/contract/portal.ts';
import { remember, remembered } from '../live/remembered.ts';

const name = 'portalUser';
/** Somebody signed out: nobody acts until somebody is chosen. */
const nobody = '';

interface ActingUser {
  readonly user: PortalUser | null;
  /** null: nobody. */
  readonly choose: (ref: string | null) => void;
}

/** On whose behalf the portal is asked: as chosen last, or the first there is. */
export function useActingUser(users: readonly PortalUser[]): ActingUser {
  const [chosen, setChosen] = useState(() => remembered(name));
  const found = users.find(({ user }) => user === chosen);
  return {
    user: found ?? (chosen === nobody ? null : (users[0] ?? null)),
    choose: (ref) => {
      remember(name, ref ?? nobody);
      setChosen(ref ?? nobody);
    },
  };
}

/** What a user is, in the words of a list. */
export function userNote({ kind, needsSignIn }: PortalUser): string {
  if (needsSignIn) return 'needs sign-in: the token has expired or was refused';
  return kind === 'service' ? 'service account, signs in by itself' : 'signed in with a token';
}
