import { useEffect, useRef, useState } from 'react';
import type { ManagerSessionState, WorkstationList } from '../../shared/contract/workstations.ts';
import { useClient } from '../live/client-context.ts';
import { hostOf } from '../live/profile.ts';
import type { Source } from '../live/source.ts';
import { ProfileLink } from '../frame/profile-link.tsx';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { useReadAgain } from './manager.ts';
import { SignInDialog, SignInForm } from './sign-in.tsx';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly session: ManagerSessionState;
  readonly list: Source<WorkstationList>;
}

/** Who is signed in to the manager; with a form where somebody has to. */
export function AccountPanel({ session, list }: Props) {
  const form = asksForAccount(session, list);
  const panel = useRef<HTMLElement>(null);
  const signedIn = useRef(false);
  useEffect(() => {
    // The button that signed out is gone: the way on is the form that came instead.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (form && signedIn.current && lost) panel.current?.querySelector('input')?.focus();
    signedIn.current = session.signedOut === null;
  }, [form, session.signedOut]);
  return (
    <section ref={panel} className="panel manager-account" aria-label="Account">
      <div className="manager-line">
        <Who session={session} list={list} form={form} />
        <Actions session={session} form={form} />
      </div>
      {form && (
        <Gate call="workstations.signIn">
          <SignInForm />
        </Gate>
      )}
    </section>
  );
}

/** Nobody is signed in, and the next request changes nothing about it. */
function asksForAccount({ signedOut, user }: ManagerSessionState, { reading }: Source<unknown>): boolean {
  if (signedOut === null) return false;
  const code = reading.failure?.code;
  return user === null || code === 'unauthorized' || code === 'forbidden';
}

function Who({ session, list, form }: Props & { readonly form: boolean }) {
  const { user, role, url, signedOut } = session;
  const host = url === null ? 'the workstation manager' : hostOf(url);
  if (signedOut === null) {
    return (
      <p>
        <span className="chip-glyph" data-role="ok" aria-hidden="true">
          ●
        </span>{' '}
        Signed in to {host} as <strong>{user}</strong> ·{' '}
        {role === null ? 'its role is not known' : `role ${role}`}
      </p>
    );
  }
  const { reading, callError } = list;
  const asking = user !== null && reading.value === null && !reading.failure && callError === null;
  if (asking) {
    return (
      <p>
        <span className="chip-glyph" data-role="neutral" aria-hidden="true">
          ○
        </span>{' '}
        Signing in to {host} as <strong>{user}</strong>…
      </p>
    );
  }
  return (
    <p>
      <span className="chip-glyph" data-role="neutral" aria-hidden="true">
        –
      </span>{' '}
      <strong>Not signed in to {host}.</strong> {form ? signedOut : (reading.failure?.message ?? signedOut)}{' '}
      <ProfileLink />
    </p>
  );
}

interface ActionProps {
  readonly session: ManagerSessionState;
  /** The form is on the page already. */
  readonly form: boolean;
}

function Actions({ session, form }: ActionProps) {
  const client = useClient();
  const readAgain = useReadAgain();
  const [open, setOpen] = useState(false);
  const { attempt, run } = useAttempt();
  const signOut = (): void =>
    run(async () => {
      await client.call('workstations.signOut', {});
      await readAgain('workstations.list');
      return '';
    });
  return (
    <div className="manager-actions">
      <Outcome attempt={attempt} running="Signing out…" />
      {!form && (
        <Gate call="workstations.signIn">
          <button type="button" className="button small" onClick={() => setOpen(true)}>
            Sign in as another account…
          </button>
        </Gate>
      )}
      {session.signedOut === null && (
        <Gate call="workstations.signOut">
          <button
            type="button"
            className="button small"
            aria-disabled={attempt.state === 'running'}
            onClick={() => {
              if (attempt.state !== 'running') signOut();
            }}
          >
            Sign out
          </button>
        </Gate>
      )}
      <SignInDialog open={open} onOpenChange={setOpen} />
    </div>
  );
}
