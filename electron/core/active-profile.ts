import { RpcError } from '../../shared/rpc/wire.ts';
import type { Pause } from './pause.ts';
import { Relay } from './relay.ts';
import type { Workspace } from './workspace.ts';

/** The one connected profile, and feeds that outlive each switch to another. */
export class ActiveProfile {
  readonly #relays;
  #workspace: Workspace | null;
  #pause: Pause | null = null;
  /** Switches one after the other: two at once would connect both. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(first: Workspace) {
    this.#workspace = first;
    this.#relays = {
      polling: new Relay(first.polling),
      progress: new Relay(first.status.progress),
      ribbons: new Relay(first.ribbons.feed),
      cacheEvents: new Relay(first.cacheEvents.feed),
      alerts: new Relay(first.alerts.state),
      tray: new Relay(first.tray.feed),
      demo: new Relay(first.demo),
      portal: new Relay(first.portal.service.state),
      workstations: new Relay(first.workstations.session),
    };
  }

  /** null for the moment of a switch, which a locked keychain can make a long one. */
  get connected(): Workspace | null {
    return this.#workspace;
  }

  /** @throws RpcError `unavailable` for the moment of a switch. */
  get workspace(): Workspace {
    if (!this.#workspace) throw new RpcError('unavailable', 'Another profile is being connected.');
    return this.#workspace;
  }

  /** While it is on, nothing is loaded unless it is forced, whatever profile is connected. */
  get pause(): Pause | null {
    return this.#pause;
  }

  /** During a switch it counts for the profile that is connected next. */
  setPause(pause: Pause | null): void {
    this.#pause = pause;
    this.#workspace?.setPause(pause);
  }

  get feeds() {
    const { polling, progress, ribbons, cacheEvents, alerts, tray, demo, portal, workstations } =
      this.#relays;
    return {
      polling: polling.feed,
      progress: progress.feed,
      ribbons: ribbons.feed,
      cacheEvents: cacheEvents.feed,
      alerts: alerts.feed,
      tray: tray.feed,
      demo: demo.feed,
      portal: portal.feed,
      workstations: workstations.feed,
    };
  }

  /**
   * Answers from the connected profile, and from no other: what is still under way when it is switched is cancelled.
   * @throws RpcError `cancelled` when the profile was switched meanwhile.
   */
  async ask<T>(question: (workspace: Workspace) => T | Promise<T>): Promise<T> {
    const { workspace } = this;
    const answer = await question(workspace);
    if (workspace !== this.#workspace) throw new RpcError('cancelled', 'The profile was disconnected.');
    return answer;
  }

  /** Ends the connected profile, aborting what is in flight, then opens another. @returns what `open` answered. */
  switchTo<T extends { readonly workspace: Workspace }>(open: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(async () => {
      await this.#end();
      const answer = await open();
      const opened = answer.workspace;
      this.#workspace = opened;
      this.#relays.polling.follow(opened.polling);
      this.#relays.progress.follow(opened.status.progress);
      this.#relays.ribbons.follow(opened.ribbons.feed);
      this.#relays.cacheEvents.follow(opened.cacheEvents.feed);
      this.#relays.alerts.follow(opened.alerts.state);
      this.#relays.tray.follow(opened.tray.feed);
      this.#relays.demo.follow(opened.demo);
      this.#relays.portal.follow(opened.portal.service.state);
      this.#relays.workstations.follow(opened.workstations.session);
      opened.start();
      return answer;
    });
    this.#queue = Promise.allSettled([done]); // a failure is told to whoever asked
    return done;
  }

  /** Resolves when no switch is under way any more. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async stop(): Promise<void> {
    await this.#queue;
    await this.#end();
  }

  async #end(): Promise<void> {
    const workspace = this.#workspace;
    this.#workspace = null;
    await workspace?.stop();
  }
}
