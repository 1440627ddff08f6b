import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef, useState } from 'react';
import type { Role } from '../../../shared/model/roles.ts';
import { useClient } from '../../live/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FormField, TextField } from '../../ui/field.tsx';
import { Gate } from '../../ui/gate.tsx';
import { Choose } from '../../ui/select.tsx';
import type { Choice } from '../../ui/select.tsx';
import { FormDialog, FormDialogFoot, useFirstMistake } from '../../workstations/form-dialog.tsx';
import { useAttempt } from '../use-attempt.ts';
import { makeKey } from './make-key.ts';

const roleChoices: readonly Choice<Role>[] = [
  { value: 'viewer', label: 'Viewer', note: 'Reads: statistics, status, metrics.' },
  { value: 'operator', label: 'Operator', note: 'Also refreshes, pauses and snoozes.' },
  {
    value: 'admin',
    label: 'Admin',
    note: 'Also clears, invalidates, provisions, deletes and changes settings.',
  },
];

/** Makes a key: it is shown here once, and main keeps a hash. */
export function NewKey() {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      <Gate call="control.addKey">
        <button
          type="button"
          className="button small primary"
          onClick={() => {
            setMade(null);
            setOpen(true);
          }}
        >
          New key
        </button>
      </Gate>
      <FormDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) setMade(null); // its text is nowhere any more
        }}
        title={made === null ? 'New key' : 'The new key'}
      >
        {made === null ? <Form onMade={setMade} /> : <Shown text={made} />}
      </FormDialog>
    </>
  );
}

function Form({ onMade }: { readonly onMade: (key: string) => void }) {
  const client = useClient();
  const { attempt, run } = useAttempt();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [tries, setTries] = useState(0);
  const fields = useFirstMistake(tries);
  const missing = name.trim() === '';
  const submit = (): void => {
    setTries(tries + 1);
    if (missing || attempt.state === 'running') return;
    run(async () => {
      const key = makeKey((bytes) => void crypto.getRandomValues(bytes));
      await client.call('control.addKey', { name: name.trim(), role, key });
      onMade(key);
      return '';
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div ref={fields} className="field-grid">
        <TextField
          label="Name"
          value={name}
          placeholder="Prometheus"
          maxLength={60}
          note="What uses it."
          error={tries > 0 && missing ? 'Enter a name.' : null}
          onChange={setName}
        />
        <FormField label="Role" button>
          <Choose value={role} choices={roleChoices} onChange={setRole} />
        </FormField>
      </div>
      <FormDialogFoot
        submit="Make the key"
        busy={attempt.state === 'running' ? 'Making the key…' : null}
        failure={attempt.state === 'failed' ? attempt.why : null}
      />
    </form>
  );
}

function Shown({ text }: { readonly text: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <>
      <p>
        <strong>Copy it now: it cannot be shown again.</strong> Cachedeck keeps a hash of it, from which
        nobody gets it back. If it is lost, remove it and make another.
      </p>
      <div className="control-made">
        <input ref={field} className="input mono" aria-label="The key" readOnly value={text} />
        <CopyButton text={() => text} className="button">
          Copy
        </CopyButton>
      </div>
      <div className="dialog-actions">
        <Dialog.Close className="button primary">Done</Dialog.Close>
      </div>
    </>
  );
}
