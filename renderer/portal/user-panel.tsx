import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, LogOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PortalState, PortalUser } from '../../shared/contract/portal.ts';
import { useClient } from '../live/client-context.ts';
import { hostOf } from '../live/profile.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FormField } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';
import { Choose } from '../ui/select.tsx';
import type { Choice } from '../ui/select.tsx';
import { userNote } from './acting-user.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { forgetUser } from './use-portal.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly state: PortalState;
  readonly user: PortalUser | null;
  readonly onChoose: (ref: string | null) => void;
}

/** On whose behalf the portal is asked, and the ways in and out. */
export function UserPanel({ state, user, onChoose }: Props) {
  const { users, url } = state;
  const [signingIn, setSigningIn] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const nobody = user === null;
  const acted = useRef(false);
  useEffect(() => {
    // Somebody signed out and their button is gone: the way on is to choose another.
    const lost = acted.current && nobody && document.activeElement === document.body;
    if (lost) row.current?.querySelector('button')?.focus();
    acted.current = !nobody;
  }, [nobody]);
  const choices: Choice<string | null>[] = users.map((one) => ({
    value: one.user,
    label: one.needsSignIn ? `${one.masked} · needs sign-in` : one.masked,
    note: userNote(one),
  }));
  if (user === null) choices.unshift({ value: null, label: 'Nobody' });
  return (
    <Panel title="Acting user" className="portal-user">
      <p className="muted">
        Requests to {url === null ? 'the portal' : hostOf(url)} carry this user’s token and no other’s.
      </p>
      <div ref={row} className="portal-user-row">
        {users.length > 0 && (
          <FormField label="User" button>
            <Choose value={user?.user ?? null} choices={choices} onChange={onChoose} />
          </FormField>
        )}
        <div className="portal-user-buttons">
          <Gate call="portal.signIn">
            <button type="button" className="button" onClick={() => setSigningIn(true)}>
              <KeyRound size={14} aria-hidden="true" />
              Sign in with a token…
            </button>
          </Gate>
          {user && <SignOut key={user.user} user={user} onDone={() => onChoose(null)} />}
        </div>
      </div>
      {user && (
        <p className="portal-user-note">
          {user.needsSignIn ? (
            <>
              <span className="chip-glyph" data-role="bad" aria-hidden="true">
                ✕
              </span>{' '}
              <strong>Needs sign-in.</strong> The token of {user.masked} has expired or was refused. What is
              kept can still be seen; anything new needs a new token.
            </>
          ) : (
            <span className="muted">
              {user.kind === 'service'
                ? 'The profile’s service account: it signs in by itself.'
                : 'Signed in with a token, which is kept in memory until they sign out or the app ends.'}
            </span>
          )}
        </p>
      )}
      {signingIn && (
        <SignInDialog
          onClose={() => setSigningIn(false)}
          onSignedIn={(ref) => {
            setSigningIn(false);
            onChoose(ref);
          }}
        />
      )}
    </Panel>
  );
}

interface SignOutProps {
  readonly user: PortalUser;
  readonly onDone: () => void;
}

/** Says before that the session goes too. */
function SignOut({ user, onDone }: SignOutProps) {
  const client = useClient();
  const queries = useQueryClient();
  const { attempt, run } = useAttempt();
  const [asking, setAsking] = useState(false);
  const signOut = (): void =>
    run(async () => {
      await client.call('portal.signOut', { user: user.user });
      onDone();
      forgetUser(queries, user.user);
      return '';
    });
  return (
    <>
      <Gate call="portal.signOut">
        <button
          type="button"
          className="button"
          aria-disabled={attempt.state === 'running'}
          onClick={() => setAsking(true)}
        >
          <LogOut size={14} aria-hidden="true" />
          Sign out…
        </button>
      </Gate>
      {attempt.state === 'failed' && <Outcome attempt={attempt} />}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Sign ${user.masked} out?`}
        keep="Stay signed in"
        confirm={
          <AlertDialog.Close className="button danger" onClick={signOut}>
            Sign out
          </AlertDialog.Close>
        }
      >
        <p>
          Their session goes too: everything that is kept of them, here and on disk. What is being loaded for
          them is cancelled.
        </p>
        <p>
          {user.kind === 'service'
            ? 'The service account stays in the list and signs in by itself when it is next chosen.'
            : 'Their token is forgotten; to come back they need to paste one again.'}
        </p>
      </ConfirmDialog>
    </>
  );
}
