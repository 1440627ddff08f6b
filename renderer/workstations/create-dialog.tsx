import { useState } from 'react';
import { useClient } from '../live/client-context.ts';
import type { useAttempt } from '../settings/use-attempt.ts';
import { TextField } from '../ui/field.tsx';
import { FormDialog, FormDialogFoot, useFirstMistake } from './form-dialog.tsx';
import { useReadAgain } from './manager.ts';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Outlives the dialog: what became of it is told on the page when the dialog is closed meanwhile. */
  readonly creating: ReturnType<typeof useAttempt>;
}

/** A new workstation, as the manager is told of it. */
export function CreateDialog({ open, onOpenChange, creating }: Props) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange} title="Add a workstation">
      <CreateForm creating={creating} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

const empty = { name: '', address: '', user: '', password: '' };
type Fields = typeof empty;

const missing: Readonly<Record<keyof Fields, string>> = {
  name: 'Enter a name.',
  address: 'Enter an address.',
  user: 'Enter an account.',
  password: 'Enter a password.',
};

interface FormProps {
  readonly creating: Props['creating'];
  readonly onDone: () => void;
}

function CreateForm({ creating: { attempt, run }, onDone }: FormProps) {
  const client = useClient();
  const readAgain = useReadAgain();
  const [form, setForm] = useState(empty);
  const [tries, setTries] = useState(0);
  const fields = useFirstMistake(tries);
  const complete: Fields = {
    name: form.name.trim(),
    address: form.address.trim(),
    user: form.user.trim(),
    password: form.password,
  };
  const error = (field: keyof Fields): string | null =>
    tries > 0 && complete[field] === '' ? missing[field] : null;
  const field = (name: keyof Fields) => ({
    value: form[name],
    error: error(name),
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  });
  const submit = (): void => {
    setTries(tries + 1);
    if (Object.values(complete).includes('') || attempt.state === 'running') return;
    run(async () => {
      try {
        const { id, message } = await client.call('workstations.create', complete);
        onDone();
        return `${complete.name} was added${id === null ? '' : ` as ${id}`}: ${message}`;
      } finally {
        // Also where it failed: the list then shows what came of it.
        await readAgain('workstations.list');
      }
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
        <TextField label="Name" maxLength={100} {...field('name')} />
        <TextField label="Address" placeholder="192.0.2.20" maxLength={200} {...field('address')} />
        <TextField
          label="Account"
          note="The manager signs in to the workstation with it."
          maxLength={100}
          {...field('user')}
        />
        <TextField
          label="Password"
          type="password"
          note="Goes to the manager and is not kept here."
          maxLength={4000}
          {...field('password')}
        />
      </div>
      <FormDialogFoot
        submit="Add"
        busy={attempt.state === 'running' ? 'Adding…' : null}
        failure={attempt.state === 'failed' ? attempt.why : null}
      />
    </form>
  );
}
