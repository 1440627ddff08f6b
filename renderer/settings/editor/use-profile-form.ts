import { useCallback, useEffect, useRef, useState } from 'react';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Profile } from '../../../shared/contract/profiles.ts';
import { useClient } from '../../live/client-context.ts';
import { errorsAt, formOf, mistakesIn } from './draft.ts';
import type { FieldErrors, FormState } from './draft.ts';
import { useConnectionTest } from './connection-test.tsx';
import { dropDraft, keepDraft, unsavedDraft } from './unsaved.ts';

function same(one: FormState, other: FormState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The state of a form over a profile, and of what was said about it. `id`: what it is kept under while unsaved. */
export function useProfileForm(id: string, profile: Profile | null) {
  const client = useClient();
  const [kept] = useState(() => unsavedDraft(client, id));
  const [first] = useState(() => kept?.first ?? formOf(profile));
  const [form, setForm] = useState(kept?.form ?? first);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const testing = useConnectionTest();
  const { drop } = testing;
  /** Where the fields are: the first one that is not taken gets the focus. */
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const change = useCallback(
    (changes: Partial<FormState>) => {
      setForm((before) => ({ ...before, ...changes }));
      setErrors({});
      setFailure(null);
      drop();
    },
    [drop],
  );

  /** Checks the form, then does `work` with it; main's refusal is put where it belongs. */
  const submit = async (checked: FormState, work: (form: FormState) => Promise<void>): Promise<void> => {
    const mistakes = mistakesIn(checked);
    setErrors(mistakes);
    setFailure(null);
    if (Object.keys(mistakes).length > 0) return setFailure('Look at the marked fields.');
    setBusy(true);
    // Before the reply: saving the profile in use draws the page anew, which must not open this form again as unsaved.
    dropDraft(client, id);
    try {
      await work(checked);
      // Busy to the end: what follows takes the form away.
    } catch (error) {
      setBusy(false);
      keepDraft(client, id, { form: checked, first });
      const message = error instanceof Error ? error.message : String(error);
      const named = errorsAt(message, error instanceof RpcError ? error.details : []);
      setErrors(named);
      setFailure(Object.keys(named).length === 0 ? message : 'Not saved: look at the marked fields.');
    }
  };

  const changed = !same(form, first);
  useEffect(() => {
    if (changed) keepDraft(client, id, { form, first });
    else dropDraft(client, id);
  }, [client, id, form, first, changed]);

  return {
    form,
    change,
    errors,
    failure,
    busy,
    testing,
    fields,
    submit,
    changed,
    /** The profile is not any more what the form began with: another window has saved it meanwhile. */
    overtaken: profile !== null && !busy && !same(formOf(profile), first),
    /** For a form whose changes are given up. */
    discard: () => dropDraft(client, id),
  };
}
