import type { Profile, ProfilesState } from '../../shared/contract/profiles.ts';
import { ActiveProfile } from './active-profile.ts';
import type { Backend, BackendTarget, FurtherTargets } from './connect-backend.ts';
import { Feed } from './feed.ts';
import type { Log } from './log.ts';
import type { Pause } from './pause.ts';
import type { ProfileService } from './profiles/profile-service.ts';
import type { Secrets } from './profiles/secrets-of-profile.ts';
import { SourceError } from './sources/source-error.ts';
import type { Workspace } from './workspace.ts';

interface ProfileSwitchOptions {
  readonly log: Log;
  readonly profiles: ProfileService;
  /** @throws SourceError for an address or key that cannot be used. */
  readonly connect: (target: BackendTarget) => Promise<Backend>;
  /** The room around a connected backend; not started yet. */
  readonly furnish: (profile: Profile, backend: Backend, pause: Pause | null) => Workspace;
}

/** Connects the active profile and tells pages which one that is. */
export class ProfileSwitch {
  readonly state: Feed<ProfilesState>;
  readonly active: ActiveProfile;
  readonly #options: ProfileSwitchOptions;
  #fault: string | null;

  /** Connects the active profile for the first time. */
  static async start(options: ProfileSwitchOptions): Promise<ProfileSwitch> {
    const opened = await open(options, () => null);
    return new ProfileSwitch(options, opened);
  }

  private constructor(options: ProfileSwitchOptions, { profileId, workspace, fault }: Opened) {
    this.#options = options;
    this.#fault = fault;
    this.active = new ActiveProfile(workspace);
    this.state = new Feed(this.#now({ active: profileId, generation: 1, url: workspace.backend.url }));
    options.profiles.onChange(() => this.update());
    workspace.start();
  }

  /**
   * Connects what is the active profile now, anew if it is the same. Ends what was connected first. Never rejects: what
   * goes wrong is the fault that pages are told.
   */
  async reconnect(): Promise<void> {
    try {
      const opened = await this.active.switchTo(() => open(this.#options, () => this.active.pause));
      const { profileId, workspace, fault } = opened;
      this.#fault = fault;
      // Not the active one: another may have been chosen since, and its switch comes next.
      this.state.set(this.#now({ active: profileId, generation: this.#next, url: workspace.backend.url }));
    } catch (error) {
      this.#fault = reasonOf(error);
      this.#options.log.error(`The profile could not be connected: ${this.#fault}`);
      this.state.set(
        this.#now({ active: this.#options.profiles.activeId, generation: this.#next, url: null }),
      );
    }
  }

  get #next(): number {
    return this.state.value.generation + 1;
  }

  /** Tells pages what is known of the profiles now. */
  update(): void {
    this.state.set(this.#now(this.state.value));
  }

  #now({ active, generation, url }: Pick<ProfilesState, 'active' | 'generation' | 'url'>): ProfilesState {
    const { profiles } = this.#options;
    return {
      profiles: profiles.list(),
      active,
      generation,
      url,
      fault: this.#fault,
      firstRun: profiles.firstRun,
      secretStorage: profiles.secretStorage,
    };
  }
}

interface Opened {
  readonly profileId: string;
  readonly workspace: Workspace;
  readonly fault: string | null;
}

/** A profile that cannot be connected is opened all the same: every reading then says why. */
async function open(
  { profiles, connect, furnish }: ProfileSwitchOptions,
  pause: () => Pause | null,
): Promise<Opened> {
  const profile = profiles.find(profiles.activeId);
  const profileId = profile.id;
  try {
    const backend = await connect(await targetOf(profile, profiles));
    return { profileId, workspace: furnish(profile, backend, pause()), fault: null };
  } catch (error) {
    const why = error instanceof SourceError ? error : new SourceError('unreachable', reasonOf(error));
    const backend = await connect({ kind: 'none', why, portal: null, workstations: null });
    return { profileId, workspace: furnish(profile, backend, pause()), fault: why.message };
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
