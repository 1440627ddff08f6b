import { backendTitles } from '../../../shared/model/profiles.ts';
import type { Profile, ProfilesState } from '../../../shared/contract/profiles.ts';
import { TextField } from '../../ui/field.tsx';
import { SwitchField } from '../../ui/switch.tsx';
import { AddressFields, BackendGroup, BackendSecret } from './backend-fields.tsx';
import type { FormProps } from './backend-fields.tsx';
import { SecretStorage } from './secret-storage.tsx';
import { TimingFields } from './timing-fields.tsx';

interface Props extends FormProps {
  readonly profile: Profile | null;
  readonly storage: ProfilesState['secretStorage'];
}

/** Every field of a profile. */
export function ProfileForm({ profile, storage, ...props }: Props) {
  const { form, change, errors } = props;
  const turn = (kind: keyof FormProps['form']['on']) => (on: boolean) =>
    change({ on: { ...form.on, [kind]: on } });
  return (
    <>
      <div className="field-grid">
        <TextField
          wide
          label="Name"
          value={form.name}
          maxLength={60}
          error={errors.name ?? null}
          onChange={(name) => change({ name })}
        />
        <div className="field" data-wide>
          <SwitchField
            label="Production"
            note="Actions that destroy something ask for the profile’s name first."
            on={form.production}
            onChange={(production) => change({ production })}
          />
        </div>
      </div>
      <h3 className="form-part">Backends</h3>
      {errors.backends !== undefined && (
        <p className="field-error" role="alert">
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {errors.backends}
        </p>
      )}
      <BackendGroup
        title={backendTitles.orchestrator}
        note="Engines, VPN and streams."
        on={form.on.orchestrator}
        onSwitch={turn('orchestrator')}
      >
        <AddressFields kind="orchestrator" {...props} />
        <BackendSecret kind="orchestrator" profile={profile} {...props} />
      </BackendGroup>
      <BackendGroup
        title={backendTitles.portal}
        note="Users’ engagements, machines and clusters."
        on={form.on.portal}
        onSwitch={turn('portal')}
      >
        <AddressFields kind="portal" {...props} />
        <TextField
          label="E-mail of the service account"
          type="email"
          value={form.portal.email}
          maxLength={254}
          error={errors['portal.email'] ?? null}
          onChange={(email) => change({ portal: { ...form.portal, email } })}
        />
        <BackendSecret kind="portal" profile={profile} {...props} />
        <div className="field" data-wide>
          <SwitchField
            label="UAT paths"
            note="Cluster lists are under /uat-paasservice on some portals."
            on={form.portal.uatPaths}
            onChange={(uatPaths) => change({ portal: { ...form.portal, uatPaths } })}
          />
        </div>
      </BackendGroup>
      <BackendGroup
        title={backendTitles.workstations}
        note="Workstations, and the manager’s own cache."
        on={form.on.workstations}
        onSwitch={turn('workstations')}
      >
        <AddressFields kind="workstations" {...props} />
        <TextField
          label="User"
          value={form.workstations.user}
          maxLength={100}
          error={errors['workstations.user'] ?? null}
          onChange={(user) => change({ workstations: { ...form.workstations, user } })}
        />
        <BackendSecret kind="workstations" profile={profile} {...props} />
      </BackendGroup>
      <SecretStorage storage={storage} {...props} />
      <h3 className="form-part">Timing</h3>
      <TimingFields {...props} />
    </>
  );
}
