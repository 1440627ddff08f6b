import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { RpcError } from '../../shared/rpc/wire.ts';
import { useClient } from '../live/client-context.ts';
import { TextField } from '../ui/field.tsx';

/** As the contract allows. */
const longestEmail = 254;
const longestToken = 8000;

type FieldName = 'email' | 'token';
interface Refusal {
  /** null: it is about neither field. */
  readonly field: FieldName | null;
  readonly message: string;
}

interface Props {
  readonly onClose: () => void;
  readonly onSignedIn: (ref: string) => void;
}

/** Takes a user's own token: it goes to main and never comes back. */
export function SignInDialog({ onClose, onSignedIn }: Props) {
  const client = useClient();
  const [email, setEmail] = useState('');
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const signIn = async (): Promise<void> => {
    const missing = missingOf(email, token);
    setRefusal(missing);
    if (missing) return;
    setBusy(true);
    try {
      const { user } = await client.call('portal.signIn', { email, token });
      onSignedIn(user);
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
    }
  };

  const errorOf = (field: FieldName): string | null => (refusal?.field === field ? refusal.message : null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">Sign in with a token</Dialog.Title>
          <form
            className="portal-sign-in"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (!busy) void signIn();
            }}
          >
            <Dialog.Description className="muted">
              Copy your token from the portal. It is sent to the portal only, kept in memory until you sign
              out or the app ends, and never shown again.
            </Dialog.Description>
            <TextField
              label="E-mail address"
              type="email"
              value={email}
              maxLength={longestEmail}
              error={errorOf('email')}
              onChange={setEmail}
            />
            <TextField
              label="Token"
              type="password"
              value={token}
              maxLength={longestToken}
              note="With or without “Bearer” in front of it."
              error={errorOf('token')}
              onChange={setToken}
            />
            <p className="outcome" role="alert">
              {refusal?.field === null && (
                <>
                  <span className="chip-glyph" data-role="bad" aria-hidden="true">
                    ✕
                  </span>{' '}
                  {refusal.message}
                </>
              )}
            </p>
            <div className="dialog-actions">
              <Dialog.Close className="button">Cancel</Dialog.Close>
              <button type="submit" className="button primary" disabled={busy}>
                {busy ? 'Signing in…' : 'Sign in'}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function missingOf(email: string, token: string): Refusal | null {
  if (!email.includes('@')) return { field: 'email', message: 'Type the user’s e-mail address.' };
  if (token.trim().length < 8) return { field: 'token', message: 'Paste the whole token.' };
  return null;
}

function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof RpcError ? error.details : [];
  return { field: (['email', 'token'] as const).find((name) => details.includes(name)) ?? null, message };
}
