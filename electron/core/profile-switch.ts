import type { Profile, ProfilesState } from '../../shared/contract/profiles.ts';
import { ActiveProfile } from './active-profile.ts';
import type { Backend, BackendTarget, FurtherTargets } from './connect-backend.ts';
import { Feed } from './feed.ts';
import type { ProfileService } from './profiles/profile-service.ts';
import type { Secrets } from './profiles/secrets-of-profile.ts';
import { SourceError } from './sources/source-error.ts';
import type { Workspace } from './workspace.ts';

interface ProfileSwitchOptions {
  readonly profiles: ProfileService;
  /** @throws SourceError for an address or key that cannot be used. */
  readonly connect: (target: BackendTarget) => Promise<Backend>;
  /** The room around a connected backend; not started yet. */
  readonly furnish: (profile: Profile, backend: Backend, paused: boolean) => Workspace;
}

/** Connects the active profile and tells pages which one that is. */
export class ProfileSwitch {
  readonly state: Feed<ProfilesState>;
  readonly active: ActiveProfile;
  readonly #options: ProfileSwitchOptions;
  #fault: string | null = null;

  /** Connects the active profile for the first time. */
  static async start(options: ProfileSwitchOptions): Promise<ProfileSwitch> {
    const opened = await open(options, false);
    return new ProfileSwitch(options, opened);
  }

  private constructor(options: ProfileSwitchOptions, { workspace, fault }: Opened) {
    this.#options = options;
    this.#fault = fault;
    this.active = new ActiveProfile(workspace);
    this.state = new Feed(this.#now(1, workspace));
    options.profiles.onChange(() => this.update());
    workspace.start();
  }

  /** Connects what is the active profile now, anew if it is the same. Ends what was connected first. */
  async reconnect(): Promise<void> {
    const opened = await this.active.switchTo(() => {
      const { paused } = this.active.feeds.polling.value;
      return open(this.#options, paused);
    });
    this.#fault = opened.fault;
    this.state.set(this.#now(this.state.value.generation + 1, opened.workspace));
  }

  /** Tells pages what is known of the profiles now. */
  update(): void {
    const { generation, url } = this.state.value;
    this.state.set({ ...this.#now(generation, { backend: { url } }), active: this.state.value.active });
  }

  #now(generation: number, { backend }: { readonly backend: Pick<Backend, 'url'> }): ProfilesState {
    const { profiles } = this.#options;
    return {
      profiles: profiles.list(),
      active: profiles.activeId,
      generation,
      url: backend.url,
      fault: this.#fault,
      firstRun: profiles.firstRun,
      secretStorage: profiles.secretStorage,
    };
  }
}

interface Opened {
  readonly workspace: Workspace;
  readonly fault: string | null;
}

/** A profile that cannot be connected is opened all the same: every reading then says why. */
async function open({ profiles, connect, furnish }: ProfileSwitchOptions, paused: boolean): Promise<Opened> {
  const profile = profiles.find(profiles.activeId);
  try {
    const backend = await connect(await targetOf(profile, profiles));
    return { workspace: furnish(profile, backend, paused), fault: null };
  } catch (error) {
    const why = error instanceof SourceError ? error : new SourceError('unreachable', reasonOf(error));
    const backend = await connect({ kind: 'none', why, portal: null, workstations: null });
    return { workspace: furnish(profile, backend, paused), fault: why.message };
  }
}

async function targetOf(profile: Profile, profiles: ProfileService): Promise<BackendTarget> {
  if (profile.kind === 'demo') return { kind: 'demo' };
  const secrets = await profiles.secretsOf(profile.id);
  const further = furtherTargets(profile, secrets);
  if (!profile.orchestrator) {
    const why = new SourceError('not-found', 'This profile has no orchestrator.', { supported: false });
    return { kind: 'none', why, ...further };
  }
  return { kind: 'orchestrator', url: profile.orchestrator.url, apiKey: secrets.orchestratorKey, ...further };
}

function furtherTargets({ portal, workstations }: Profile, secrets: Secrets): FurtherTargets {
  const { portalPassword, workstationsPassword } = secrets;
  const account =
    portal && portal.email !== null && portalPassword !== null
      ? { email: portal.email, password: portalPassword }
      : null;
  return {
    portal: portal && { url: portal.url, uatPaths: portal.uatPaths, account, tokens: [] },
    workstations: workstations && {
      url: workstations.url,
      user: workstations.user,
      password: workstationsPassword,
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'It could not be connected.';
}
