import type { TrayModel } from '../../shared/contract/app.ts';
import type { Role } from '../../shared/rpc/define.ts';
import type { FeedMessage } from '../../shared/rpc/wire.ts';
import type { Feed } from '../core/feed.ts';
import type { TrayAction } from './tray.ts';

/** What a viewer may do: it changes nothing. */
const harmless: ReadonlySet<TrayAction> = new Set<TrayAction>(['open', 'quit']);

/** The tray and menu of somebody of `role`: to a viewer the other entries are greyed out. */
export function trayForRole(
  model: Pick<Feed<TrayModel>, 'subscribe'>,
  role: Role,
): Pick<Feed<TrayModel>, 'subscribe'> {
  if (role !== 'viewer') return model;
  const held = ({ revision, value }: FeedMessage<TrayModel>): FeedMessage<TrayModel> => ({
    revision,
    value: {
      ...value,
      actions: value.actions.map((action) =>
        harmless.has(action.id) ? action : { ...action, enabled: false, choices: [] },
      ),
    },
  });
  return { subscribe: (listener) => model.subscribe((message) => listener(held(message))) };
}
