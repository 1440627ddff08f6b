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

/**
 * On whose behalf the portal is asked: as chosen last, or the first there is. Who has acted here and is gone, because they
 * signed out, is followed by nobody: main may tell that they are gone before it answers the sign-out.
 */
export function useActingUser(users: readonly PortalUser[]): ActingUser {
  const [chosen, setChosen] = useState(() => remembered(name));
  const [acted, setActed] = useState<string | null>(null);
  const found = users.find(({ user }) => user === (acted ?? chosen));
  const user = found ?? (chosen === nobody || acted !== null ? null : (users[0] ?? null));
  if (user && user.user !== acted) setActed(user.user);
  return {
    user,
    choose: (ref) => {
      remember(name, ref ?? nobody);
      setChosen(ref ?? nobody);
      setActed(ref);
    },
  };
}

/** What a user is, in the words of a list. */
export function userNote({ kind, needsSignIn }: PortalUser): string {
  if (needsSignIn) return 'the token has expired or was refused';
  return kind === 'service' ? 'service account, signs in by itself' : 'signed in with a token';
}
