import type { updatesContract } from '../../../shared/contract/updates.ts';
import type { Handlers } from '../router.ts';
import type { UpdateService } from './update-service.ts';

/** The updates' part of the contract. Calls answer once what they ask for has begun; the feed tells the rest. */
export function updateHandlers(updates: UpdateService): Handlers<typeof updatesContract> {
  return {
    'updates.state': updates.state,
    'updates.check': () => {
      updates.check();
      return {};
    },
    'updates.download': () => {
      updates.download();
      return {};
    },
    'updates.install': () => {
      updates.install();
      return {};
    },
  };
}
