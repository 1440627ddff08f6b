import type { Principal, Router } from '../../electron/core/router.ts';
import type { Link } from '../../shared/rpc/client.ts';

/** The shortest bridge: a router in the same process. Values are cloned both ways, as any real transport would. */
export function createMemoryLink(router: Router, principal: Principal = { role: 'admin' }): Link {
  return {
    async call(name, input, signal) {
      return structuredClone(await router.call(name, structuredClone(input), principal, signal));
    },
    subscribe(name, onMessage) {
      const subscribed = router.subscribe(name, principal, (message) => onMessage(structuredClone(message)));
      return subscribed.ok ? subscribed.stop : () => {};
    },
    onState(listener) {
      listener('open');
      return () => {};
    },
  };
}
