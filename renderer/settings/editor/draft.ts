import type { Profile, ProfileDraft, SecretsInput } from '../../../shared/contract/profiles.ts';
import { backendKinds } from '../../../shared/model/profiles.ts';
import type { BackendKind, SecretName } from '../../../shared/model/profiles.ts';
import { secretOf } from '../profile-words.ts';

interface Address {
  readonly url: string;
  readonly allowHttp: boolean;
}

/** What is on the form. A backend that is switched off keeps what was typed, in case it is switched on again. */
export interface FormState {
  readonly name: string;
  readonly production: boolean;
  readonly on: Readonly<Record<BackendKind, boolean>>;
  readonly orchestrator: Address;
  readonly portal: Address & { readonly email: string; readonly uatPaths: boolean };
  readonly workstations: Address & { readonly user: string };
  readonly pollSeconds: ProfileDraft['pollSeconds'];
  readonly ttlSeconds: ProfileDraft['ttlSeconds'];
  readonly secrets: SecretsInput;
  readonly acceptWeak: boolean;
}

/** The form of a stored profile, or of a new one. Secrets are never in it. */
export function formOf(profile: Profile | null): FormState {
  return {
    name: profile?.name ?? '',
    production: profile?.production ?? false,
    on: {
      orchestrator: profile === null || profile.orchestrator !== null,
      portal: profile !== null && profile.portal !== null,
      workstations: profile !== null && profile.workstations !== null,
    },
    orchestrator: addressOf(profile?.orchestrator),
    portal: {
      ...addressOf(profile?.portal),
      email: profile?.portal?.email ?? '',
      uatPaths: profile?.portal?.uatPaths ?? false,
    },
    workstations: { ...addressOf(profile?.workstations), user: profile?.workstations?.user ?? '' },
    pollSeconds: profile?.pollSeconds ?? null,
    ttlSeconds: profile?.ttlSeconds ?? {},
    secrets: {},
    acceptWeak: false,
  };
}

function addressOf(address: Address | null | undefined): Address {
  return { url: address?.url ?? '', allowHttp: address?.allowHttp ?? false };
}

/** What is sent to main. */
export function draftOf(form: FormState): ProfileDraft {
  const { on, orchestrator, portal, workstations } = form;
  return {
    name: form.name.trim(),
    production: form.production,
    orchestrator: on.orchestrator ? sent(orchestrator) : null,
    portal: on.portal
      ? { ...sent(portal), email: textOrNull(portal.email), uatPaths: portal.uatPaths }
      : null,
    workstations: on.workstations ? { ...sent(workstations), user: textOrNull(workstations.user) } : null,
    pollSeconds: form.pollSeconds,
    ttlSeconds: form.ttlSeconds,
  };
}

/** The consent to plain http counts only where it was asked for. */
function sent({ url, allowHttp }: Address): Address {
  return { url: url.trim(), allowHttp: allowHttp && isPlainRemote(url) };
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** The secrets as typed, of the backends that are part of the profile. */
export function secretsOf({ secrets, on }: FormState): SecretsInput {
  const kept: SecretsInput = {};
  for (const kind of backendKinds) {
    const name = secretOf[kind];
    const value = secrets[name];
    if (on[kind] && value !== undefined) kept[name] = value;
  }
  return kept;
}

/** Whether an address would send keys over the network as plain text. */
export function isPlainRemote(url: string): boolean {
  const address = addressFrom(url);
  if (address?.protocol !== 'http:') return false;
  const { hostname } = address;
  return !(hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname));
}

/** A name for a profile that has none: the host it connects. */
export function nameFrom(url: string): string {
  return addressFrom(url)?.hostname ?? '';
}

function addressFrom(url: string): URL | null {
  return URL.parse(url.trim());
}

/** Fields that can carry a sentence of their own. */
export type FieldName =
  'name' | 'backends' | `${BackendKind}.url` | `secrets.${SecretName}` | 'portal.email' | 'workstations.user';
export type FieldErrors = Readonly<Partial<Record<FieldName, string>>>;

/** Only what is obvious: the rest is for main to judge. */
export function mistakesIn(form: FormState): FieldErrors {
  const errors: Partial<Record<FieldName, string>> = {};
  if (form.name.trim() === '') errors.name = 'Give the profile a name.';
  if (!backendKinds.some((kind) => form.on[kind])) errors.backends = 'Switch on at least one backend.';
  for (const kind of backendKinds) {
    if (form.on[kind] && form[kind].url.trim() === '') errors[`${kind}.url`] = 'Enter the address.';
  }
  return errors;
}

const fieldNames: readonly string[] = [
  'name',
  'orchestrator.url',
  'portal.url',
  'workstations.url',
  'secrets.orchestratorKey',
  'secrets.portalPassword',
  'secrets.workstationsPassword',
  'portal.email',
  'workstations.user',
] satisfies readonly FieldName[];

/** Puts main's sentence at the fields it names; none: it is about the form as a whole. */
export function errorsAt(message: string, details: readonly string[]): FieldErrors {
  const named = details
    .map((path) => path.replace(/^draft\./, ''))
    .filter((path) => fieldNames.includes(path));
  return Object.fromEntries(named.map((path) => [path, message]));
}
