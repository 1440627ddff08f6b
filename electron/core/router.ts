import type { Role } from '../../shared/rpc/define.ts';
import type { FeedMessage, Reply } from '../../shared/rpc/wire.ts';

/** Who asks. Hosts make it; the page never does. */
export interface Principal {
  readonly role: Role;
}

/** The bridge's far end: hosts hand it names and data from outside, it hands back data. */
export interface Router {
  /** Never rejects. Checks name, role, input and output. */
  call(name: string, input: unknown, principal: Principal): Promise<Reply>;
  /** The current value first, then each change. The error reply tells why nothing is subscribed. */
  subscribe(
    name: string,
    principal: Principal,
    push: (message: FeedMessage) => void,
  ): { readonly ok: true; readonly stop: () => void } | Extract<Reply, { ok: false }>;
}
