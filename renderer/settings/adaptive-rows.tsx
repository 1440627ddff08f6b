import { useId, useState } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import { resourceKeys } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { useTuning } from '../cache/tuning.ts';
import { needsWords, useMay } from '../live/use-may.ts';
import { AdaptiveRow } from './adaptive-row.tsx';
import { useSent } from './use-sent.ts';
import type { Setting } from './use-setting.ts';

/** TTLs that follow how a resource behaves, each between its bounds. */
export function AdaptiveRows({ setting }: { readonly setting: Setting<Settings['adaptiveTtl']> }) {
  const id = useId();
  const { data, error } = useTuning();
  const [shown, send] = useSent(setting);
  const [changed, setChanged] = useState<ResourceKey | null>(null);
  const { may, needs } = useMay('settings.change');
  const fixed = setting.variable === null ? null : `Set by ${setting.variable}`;
  const blocked = fixed ?? (may ? null : needsWords(needs));
  return (
    <section className="adaptive" aria-labelledby={id}>
      <h3 id={id}>Adaptive TTLs</h3>
      <p className="field-note">
        A TTL that adapts grows while its value stays the same or is slow to load, and shrinks back when it
        changes: never below the least or above the most.
        {blocked !== null && ` ${blocked}.`}
      </p>
      {error && !data && (
        <p className="field-note">
          <span className="chip-glyph" data-role="attention" aria-hidden="true">
            ▲
          </span>{' '}
          What counts now could not be read: {error.message}
        </p>
      )}
      {resourceKeys.map((resource) => (
        <AdaptiveRow
          key={resource}
          resource={resource}
          chosen={shown[resource]}
          inEffect={data?.adaptive.find(({ key }) => key === resource)}
          asking={error === null}
          blocked={blocked}
          attempt={changed === resource ? setting.attempt : { state: 'idle' }}
          onChange={(bounds) => {
            setChanged(resource);
            send({ ...shown, [resource]: bounds });
          }}
        />
      ))}
    </section>
  );
}
