import { allResources } from '../../../shared/model/history.ts';
import { titleOfKey } from '../../../shared/model/resources.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import type { CoreOptions } from '../ports.ts';
import type { ProfileSwitch } from '../profile-switch.ts';
import type { FootprintMeter } from '../footprint/footprint.ts';
import type { Handlers } from '../router.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { Workspace } from '../workspace.ts';
import { bandsOf } from './bands.ts';
import { compareMinute, hourAround } from './compare-minute.ts';
import { userOfScope } from './scope-names.ts';
import type { HistoryStore } from './store/history-store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** ms after its end at which a minute has been written down. */
const written = 5000;
/** All that an hour can have: the log is bounded to little more for a day. */
const mostRequests = 300_000;

interface Services {
  readonly options: Pick<CoreOptions, 'clock'>;
  readonly switching: ProfileSwitch;
  readonly settings: SettingsService;
  readonly history: HistoryStore;
  readonly footprint: FootprintMeter;
}

type Names =
  'history.scopes' | 'history.bands' | 'cache.compareMinute' | 'cache.resetStatistics' | 'app.footprint';

/** The handlers of what charts ask beside `history.query`. */
export function chartHandlers(services: Services): Pick<Handlers<Contract>, Names> {
  const { options, switching, settings, history, footprint } = services;
  const { clock } = options;
  const { active } = switching;
  const ofProfile = () => history.of(switching.state.value.active);

  /** @throws RpcError `not-found` where not all of the minute is recorded */
  function requireRecorded(minute: number): void {
    const { requestLogHours } = settings.values;
    const now = clock.wall();
    if (minute + minuteMs + written > now) throw new RpcError('not-found', 'This minute is not over yet.');
    if (requestLogHours === 0) throw new RpcError('not-found', 'The log of requests is turned off.');
    if (minute < now - requestLogHours * hourMs) {
      throw new RpcError('not-found', `The log of requests reaches back ${requestLogHours} h.`);
    }
  }

  return {
    'history.scopes': ({ from, to, points }) => {
      const { bucketMs, at, scopes } = ofProfile().scopes({ from, to, points });
      const titled = scopes.map((one) => ({ ...one, title: titleOf(one.scope, active.connected) }));
      return { from, to, bucketMs, at, scopes: titled };
    },
    'history.bands': ({ from, to }) => {
      const end = Math.min(to, clock.wall());
      return { bands: bandsOf(history.timeline(from, end), from, end) };
    },
    'cache.compareMinute': ({ minute: within }) => {
      const minute = Math.floor(within / minuteMs) * minuteMs;
      requireRecorded(minute);
      const recorded = ofProfile();
      const counts = recorded.scopeMinute(minute);
      if (counts.size === 0) throw new RpcError('not-found', 'Nothing was recorded in this minute.');
      return compareMinute({
        minute,
        pollMs: active.workspace.status.pollMs,
        counts,
        requests: recorded.requests({ ...hourAround(minute), limit: mostRequests }),
        bands: bandsOf(history.timeline(minute, minute + minuteMs), minute, minute + minuteMs),
      });
    },
    'cache.resetStatistics': () => {
      active.workspace.resetStatistics();
      return {};
    },
    'app.footprint': footprint.feed,
  };
}

/** What operators call a resource or, masked, a user; one whose session was cleared is only told apart. */
function titleOf(scope: string, workspace: Workspace | null): string {
  if (scope === allResources) return 'All resources';
  const user = userOfScope(scope);
  if (user === null) return titleOfKey(scope) ?? scope;
  return workspace?.portal.maskedOf(user) ?? `User ${user.slice(0, 6)}`;
}
