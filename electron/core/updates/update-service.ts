import type { UpdatesState } from '../../../shared/contract/updates.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { Feed } from '../feed.ts';
import type { UpdateWay } from './updater.ts';

/** Tells of newer versions of the app and fetches them when it is asked to. */
export class UpdateService {
  readonly state: Feed<UpdatesState>;

  constructor(way: UpdateWay) {
    this.state = new Feed<UpdatesState>({
      stage: way.updater ? 'unknown' : 'off',
      version: null,
      percent: null,
      checkedAt: null,
      why: way.updater ? null : way.why,
    });
  }

  /** @throws RpcError `conflict` where this copy does not update itself. */
  check(): void {
    throw this.#refusal();
  }

  /** @throws RpcError `conflict` where there is nothing to download. */
  download(): void {
    throw this.#refusal();
  }

  /** @throws RpcError `conflict` when none is ready. */
  install(): void {
    throw this.#refusal();
  }

  #refusal(): RpcError {
    return new RpcError('conflict', this.state.value.why ?? 'No newer version is known.');
  }
}
