import type { Contract } from '../../../shared/contract/index.ts';
import type { CoreOptions } from '../ports.ts';
import type { ProfileSwitch } from '../profile-switch.ts';
import type { Handlers } from '../router.ts';

interface Services {
  readonly options: Pick<CoreOptions, 'clock'>;
  readonly switching: ProfileSwitch;
}

/** What the cache's times are now and what could be set otherwise. */
export function tuningHandlers({ options, switching }: Services): Pick<Handlers<Contract>, 'tuning.state'> {
  const { active } = switching;
  return {
    'tuning.state': () => ({
      now: options.clock.wall(),
      adaptive: [],
      advice: [],
      warming: active.workspace.warmer.latest,
    }),
  };
}
