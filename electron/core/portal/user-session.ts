import type { Endpoint, Engagement } from '../../../shared/contract/portal.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { DependantField, GetOptions, SessionReading } from '../sessions/session-store.ts';
import type { SessionValues } from '../sessions/session-values.ts';
import type { ClusterList } from '../sources/portal/cluster-sites.ts';
import type { PortalRequest, PortalSource } from '../sources/portal/portal-source.ts';
import type { VmList } from '../sources/portal/read-vms.ts';
import { SourceError } from '../sources/source-error.ts';
import type { PortalCalls } from './portal-calls.ts';
import { MustChooseError } from './portal-errors.ts';
import type { PortalSessions } from './portal-sessions.ts';

interface UserSessionOptions {
  readonly clock: Clock;
  readonly calls: PortalCalls;
  readonly sessions: PortalSessions;
  readonly ref: string;
  readonly email: string;
  /** The list of engagements, where the operation before has just asked for it. */
  readonly listed?: Listed;
}

/** The list of engagements of one operation, and the start of its load. */
export interface Listed {
  readonly engagements: Engagement[];
  readonly at: Stamp;
}

/**
 * One operation of one user: the fields it needs, each from the store or with one call, in order. The list of engagements
 * is asked for at most once in it, and never cached. Methods throw what the store throws: `SourceError`, `CacheError`.
 */
export class UserSession {
  readonly #options: UserSessionOptions;
  readonly #work: AbortSignal;
  #listed: Promise<Listed> | null = null;
  /** The engagement that what is asked for belongs to; null: none yet. */
  #asked: number | null = null;

  constructor(options: UserSessionOptions) {
    this.#options = options;
    this.#work = options.calls.workOf(options.ref);
    if (options.listed) this.#listed = Promise.resolve(options.listed);
  }

  /**
   * The engagement that was asked for, once a list has come.
   * @throws SourceError when another was chosen meanwhile
   */
  get engagementId(): number {
    const { sessions, email } = this.#options;
    if (this.#asked === null || sessions.engagementId(email) !== this.#asked) {
      throw new SourceError('cancelled', 'Another engagement was chosen.');
    }
    return this.#asked;
  }

  /** Throws why everything of this user was given up, if it was. */
  throwIfStopped(): void {
    this.#work.throwIfAborted();
  }

  /** Every engagement the user may choose. */
  engagements(): Promise<Listed> {
    this.#listed ??= this.#list();
    return this.#listed;
  }

  /** @throws MustChooseError as well */
  async paasId(options: GetOptions = {}): Promise<SessionReading<number>> {
    const { sessions, email } = this.#options;
    this.throwIfStopped();
    try {
      return await sessions.get(email, 'paas_engagement_id', () => this.#pick(), options);
    } catch (error) {
      if (error instanceof MustChooseError && !this.#work.aborted) {
        // The portal did answer; and what was known belongs to an engagement that is not offered any more.
        sessions.resetBackOff(email);
        sessions.clear(email);
      }
      throw error;
    }
  }

  /** The chosen engagement with its names. */
  async engagement(paasId: number, options: GetOptions = {}): Promise<SessionReading<Engagement>> {
    const { sessions, email } = this.#options;
    this.throwIfStopped();
    const load = async (): Promise<Engagement> => {
      const { engagements } = await this.engagements();
      const found = engagements.find((one) => one.id === paasId);
      if (!found) throw new SourceError('not-found', 'The chosen engagement is not offered any more.');
      return found;
    };
    return sessions.get(email, 'engagement_data', load, { ...options, of: paasId });
  }

  ipcId(paasId: number, options: GetOptions = {}): Promise<SessionReading<number>> {
    return this.#ask('ipc_engagement_id', paasId, options, (source, request) =>
      source.ipcEngagementId(paasId, request),
    );
  }

  endpoints(paasId: number, options: GetOptions = {}): Promise<SessionReading<Endpoint[]>> {
    return this.#ask('endpoints', paasId, options, (source, request) => source.endpoints(paasId, request));
  }

  businessUnits(
    ipcId: number,
    options: GetOptions = {},
  ): Promise<SessionReading<SessionValues['business_units']>> {
    return this.#ask('business_units', ipcId, options, (source, request) =>
      source.businessUnits(ipcId, request),
    );
  }

  environments(
    ipcId: number,
    options: GetOptions = {},
  ): Promise<SessionReading<SessionValues['environments_list']>> {
    return this.#ask('environments_list', ipcId, options, (source, request) =>
      source.environments(ipcId, request),
    );
  }

  zones(ipcId: number, options: GetOptions = {}): Promise<SessionReading<SessionValues['zones']>> {
    return this.#ask('zones', ipcId, options, (source, request) => source.zones(ipcId, request));
  }

  /** One field, after the ids that it needs: those from the store, also when the field itself is forced. */
  async field(field: SessionField, options: GetOptions = {}): Promise<SessionReading<unknown>> {
    if (field === 'paas_engagement_id') return this.paasId(options);
    const needed: GetOptions = { ahead: options.ahead ?? false };
    const { value: paasId } = await this.#chosen(needed);
    const ipcId = async (): Promise<number> => (await this.ipcId(paasId, needed)).value;
    switch (field) {
      case 'engagement_data':
        return this.engagement(paasId, options);
      case 'ipc_engagement_id':
        return this.ipcId(paasId, options);
      case 'endpoints':
        return this.endpoints(paasId, options);
      case 'business_units':
        return this.businessUnits(await ipcId(), options);
      case 'environments_list':
        return this.environments(await ipcId(), options);
      case 'zones':
        return this.zones(await ipcId(), options);
    }
  }

  /** Never cached: engagement id, IPC id, then the machines. */
  async vms(waiting?: AbortSignal): Promise<VmList> {
    const { value: paasId } = await this.#chosen();
    const { value: ipcId } = await this.ipcId(paasId);
    return this.#askList(waiting, (source, request) => source.vms(ipcId, request));
  }

  /** Never cached: engagement id, endpoints, then the stream. Without endpoints there is nothing to ask for. */
  async clusters(waiting?: AbortSignal): Promise<ClusterList> {
    const { value: paasId } = await this.#chosen();
    const { value: endpoints } = await this.endpoints(paasId);
    if (endpoints.length === 0) return { sites: [], complete: true };
    return this.#askList(waiting, (source, request) => source.clusters(paasId, endpoints, request));
  }

  async #list(): Promise<Listed> {
    const { calls, ref, clock } = this.#options;
    const at = stamp(clock);
    const engagements = await calls.ask(
      ref,
      'context',
      [this.#work],
      (source, request) => source.engagements(request),
      'paas_engagement_id',
    );
    return { engagements, at };
  }

  /** The engagement chosen before while it is offered, else the only one. */
  async #pick(): Promise<number> {
    const { sessions, email } = this.#options;
    const { engagements } = await this.engagements();
    const before = sessions.engagementId(email);
    if (before !== null && engagements.some(({ id }) => id === before)) return before;
    const [first] = engagements;
    if (!first) throw new SourceError('not-found', 'This user has no engagement at the portal.');
    if (engagements.length > 1) throw new MustChooseError(engagements.length);
    return first.id;
  }

  /** The id that everything else needs. The call that brought it brought the engagement's names, too. */
  async #chosen(options: GetOptions = {}): Promise<SessionReading<number>> {
    const reading = await this.paasId(options);
    this.#asked = reading.value;
    if (this.#listed) await this.engagement(reading.value, options);
    return reading;
  }

  async #ask<F extends DependantField>(
    field: F,
    of: number,
    options: GetOptions,
    send: (source: PortalSource, request: PortalRequest) => Promise<SessionValues[F]>,
  ): Promise<SessionReading<SessionValues[F]>> {
    const { sessions, calls, ref, email } = this.#options;
    // The store would make the acquaintance of a user who has just signed out.
    this.throwIfStopped();
    const load = (signal: AbortSignal): Promise<SessionValues[F]> =>
      calls.ask(ref, 'context', [this.#work, signal], send, field);
    return sessions.get(email, field, load, { ...options, of });
  }

  #askList<T>(
    waiting: AbortSignal | undefined,
    send: (source: PortalSource, request: PortalRequest) => Promise<T>,
  ): Promise<T> {
    const { calls, ref } = this.#options;
    return calls.ask(ref, 'list', waiting ? [this.#work, waiting] : [this.#work], send);
  }
}
