import { useState } from 'react';
import { useClient } from '../live/client-context.ts';
import { useAttempt } from '../settings/use-attempt.ts';
import { TextField } from '../ui/field.tsx';
import { useSay } from '../ui/toasts.tsx';
import { FormDialog, FormDialogFoot, FormFailure, useFirstMistake } from './form-dialog.tsx';
import { useReadAgain } from './manager.ts';

/** Account and password on their way to main, which keeps them in memory until the app ends. */
function useSignIn(onDone: () => void) {
  const client = useClient();
  const readAgain = useReadAgain();
  const say = useSay();
  const { attempt, run } = useAttempt();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [tries, setTries] = useState(0);
  const grid = useFirstMistake(tries);
  const submit = (): void => {
    const account = { user: user.trim(), password };
    setTries(tries + 1);
    if (account.user === '' || password === '' || attempt.state === 'running') return;
    run(async () => {
      await client.call('workstations.signIn', account);
      setPassword('');
      say('Signed in', `The workstation manager knows ${account.user} until Cachedeck ends.`, 'ok');
      onDone();
      await readAgain('workstations.list', 'workstations.cache', 'workstations.metrics');
      return '';
    });
  };
  const busy = attempt.state === 'running' ? 'Signing in…' : null;
  const failure = attempt.state === 'failed' ? attempt.why : null;
  const fields = (
    <div ref={grid} className="field-grid">
      <TextField
        label="Account"
        value={user}
        maxLength={100}
        error={tries > 0 && user.trim() === '' ? 'Enter the account’s name.' : null}
        onChange={setUser}
      />
      <TextField
        label="Password"
        type="password"
        value={password}
        maxLength={4000}
        error={tries > 0 && password === '' && busy === null ? 'Enter the password.' : null}
        onChange={setPassword}
      />
    </div>
  );
  return { fields, submit, busy, failure };
}

const kept = 'Kept in memory until Cachedeck ends. The profile stays as it is.';

/** For the page while nobody is signed in. */
export function SignInForm() {
  const { fields, submit, busy, failure } = useSignIn(() => {});
  return (
    <form
      className="sign-in"
      noValidate
      aria-label="Sign in to the workstation manager"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {fields}
      <div className="sign-in-foot">
        <button type="submit" className="button primary" disabled={busy !== null}>
          {busy ?? 'Sign in'}
        </button>
        <p className="muted">{kept}</p>
      </div>
      <FormFailure text={failure} />
    </form>
  );
}

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Another account in place of the present one, which stays where the sign-in fails. */
export function SignInDialog({ open, onOpenChange }: DialogProps) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange} title="Sign in as another account">
      <AnotherAccount onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function AnotherAccount({ onDone }: { readonly onDone: () => void }) {
  const { fields, submit, busy, failure } = useSignIn(onDone);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="muted short-form-note">{kept}</p>
      {fields}
      <FormDialogFoot submit="Sign in" busy={busy} failure={failure} />
    </form>
  );
}
