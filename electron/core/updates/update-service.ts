import type { UpdatesState } from '../../../shared/contract/updates.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Cancel, Clock, Stamp } from '../clock.ts';
import { Feed } from '../feed.ts';
import type { StoredDocument } from '../storage/document.ts';
import { tellOnce } from './told-versions.ts';
import type { ToldVersions } from './told-versions.ts';
import type { Updater, UpdateWay } from './updater.ts';

const minute = 60_000;
/** ms after the start of the first look: the app has better to do then, and not all copies are to ask at once. */
const firstLook = { soonest: 3 * minute, spread: 12 * minute } as const;
/** ms between two looks by itself, whatever became of the first. */
const lookEvery = 24 * 60 * minute;
/** ms between two questions whether one is due. Timers stand still while the computer sleeps; the span does not. */
const askEvery = 15 * minute;
/** ms an answer may take. */
const answerLimit = minute;
/** ms a download may stand still. */
const stallLimit = 5 * minute;

export interface UpdateNeeds {
  readonly way: UpdateWay;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Whether it may look by itself at this moment; an operator may always. */
  readonly mayLook: () => boolean;
  readonly document: StoredDocument<ToldVersions>;
  /** Called once for each newer version, across restarts. */
  readonly tell: (version: string) => void;
}

/**
 * Tells of newer versions of the app, once each, and fetches one when it is asked to. It looks once a day; what fails is
 * said in its state and nowhere else.
 */
export class UpdateService {
  readonly state: Feed<UpdatesState>;
  readonly #needs: UpdateNeeds;
  #lastLook: Stamp | null = null;
  /** Counts what was begun, so that what comes too late is not listened to. */
  #turn = 0;
  #timer: Cancel = () => {};
  #limit: Cancel = () => {};
  #download: AbortController | null = null;

  constructor(needs: UpdateNeeds) {
    const { way, clock, random } = needs;
    this.#needs = needs;
    this.state = new Feed<UpdatesState>({
      stage: way.updater ? 'unknown' : 'off',
      version: null,
      percent: null,
      checkedAt: null,
      why: way.updater ? null : way.why,
    });
    if (!way.updater) return;
    const { updater } = way;
    this.#timer = clock.after(firstLook.soonest + random() * firstLook.spread, () => this.#ask(updater));
  }

  /**
   * Looks now; the state tells what came of it. One look at a time: a second call joins the first.
   * @throws RpcError `conflict` where this copy does not update itself, or has a newer one under way.
   */
  check(): void {
    const updater = this.#updater();
    const { stage, version } = this.state.value;
    if (stage === 'checking') return;
    if (stage === 'downloading' || stage === 'ready') {
      throw new RpcError('conflict', `Version ${version} is already ${readyWords[stage]}.`);
    }
    void this.#look(updater);
  }

  /**
   * Fetches the version that was found; the state tells how it goes on. A second call joins the first.
   * @throws RpcError `conflict` when none was found.
   */
  download(): void {
    const updater = this.#updater();
    const { stage, version } = this.state.value;
    if (stage === 'downloading') return;
    if (version === null || (stage !== 'available' && stage !== 'failed')) {
      throw new RpcError('conflict', 'There is nothing to download.');
    }
    void this.#fetch(updater);
  }

  /**
   * Quits and comes back as the new version.
   * @throws RpcError `conflict` when none is ready.
   */
  install(): void {
    const updater = this.#updater();
    if (this.state.value.stage !== 'ready') {
      throw new RpcError('conflict', 'No newer version is ready to be installed.');
    }
    updater.install();
  }

  /** Ends looking and downloading. */
  stop(): void {
    this.#begin();
    this.#timer();
  }

  /** @throws RpcError `conflict` where this copy does not update itself. */
  #updater(): Updater {
    const { way } = this.#needs;
    if (!way.updater) throw new RpcError('conflict', way.why);
    return way.updater;
  }

  /** Looks if a look is due and nothing speaks against it. */
  #ask(updater: Updater): void {
    const { clock, mayLook } = this.#needs;
    this.#timer = clock.after(askEvery, () => this.#ask(updater));
    const { stage } = this.state.value;
    if (stage === 'checking' || stage === 'downloading' || stage === 'ready') return;
    if (this.#lastLook !== null && spanSince(clock, this.#lastLook) < lookEvery) return;
    if (mayLook()) void this.#look(updater);
  }

  async #look(updater: Updater): Promise<void> {
    const { clock, document, tell } = this.#needs;
    this.#lastLook = stamp(clock);
    const mine = this.#begin();
    this.#set({ stage: 'checking', why: null });
    this.#limitTo(answerLimit, 'The update server did not answer within a minute.');
    try {
      const version = await updater.check();
      if (mine !== this.#turn) return;
      this.#begin();
      this.#set({ stage: version === null ? 'current' : 'available', version, checkedAt: clock.wall() });
      if (version !== null && tellOnce(document, version)) tell(version);
    } catch (error) {
      if (mine === this.#turn) this.#fail(sentenceOf(error));
    }
  }

  async #fetch(updater: Updater): Promise<void> {
    const mine = this.#begin();
    const download = new AbortController();
    this.#download = download;
    const moves = (): void => this.#limitTo(stallLimit, 'The download stood still for five minutes.');
    this.#set({ stage: 'downloading', percent: 0, why: null });
    moves();
    try {
      await updater.download((percent) => {
        if (mine !== this.#turn) return;
        moves();
        const whole = Math.min(100, Math.max(0, Math.floor(percent)));
        if (whole !== this.state.value.percent) this.#set({ stage: 'downloading', percent: whole });
      }, download.signal);
      if (mine !== this.#turn) return;
      this.#begin();
      this.#set({ stage: 'ready' });
    } catch (error) {
      if (mine === this.#turn) this.#fail(sentenceOf(error));
    }
  }

  /** Leaves whatever is under way. Returns the turn of what begins now. */
  #begin(): number {
    this.#limit();
    this.#download?.abort();
    this.#download = null;
    this.#turn += 1;
    return this.#turn;
  }

  #limitTo(ms: number, why: string): void {
    this.#limit();
    this.#limit = this.#needs.clock.after(ms, () => this.#fail(why));
  }

  /** A version that was found stays known, so that its download can be tried again. */
  #fail(why: string): void {
    this.#begin();
    this.#set({ stage: 'failed', why });
  }

  #set(change: Pick<UpdatesState, 'stage'> & Partial<UpdatesState>): void {
    this.state.set({ ...this.state.value, percent: null, ...change });
  }
}

const readyWords = { downloading: 'being downloaded', ready: 'downloaded' } as const;

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'No reason was given.';
}
