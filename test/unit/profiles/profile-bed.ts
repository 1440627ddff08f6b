import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { environmentProfile } from '../../../electron/core/profiles/environment.ts';
import { ProfileService } from '../../../electron/core/profiles/profile-service.ts';
import { profilesDocument } from '../../../electron/core/profiles/stored.ts';
import { plainBox } from '../../../electron/core/secrets/plain-box.ts';
import { SealedSecrets, secretsDocument } from '../../../electron/core/secrets/sealed-secrets.ts';
import type { SecretBox } from '../../../electron/core/secrets/secret-store.ts';
import { openDocument } from '../../../electron/core/storage/document.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { StorageBed } from '../../support/storage-bed.ts';

interface Run {
  readonly environment?: Record<string, string>;
  readonly wanted?: string | null;
  readonly box?: SecretBox | null;
}

/** A folder of profiles that the app can be started on again and again. */
export class ProfileBed {
  readonly storage = new StorageBed();
  /** Every secret that passed. */
  readonly known: string[] = [];
  #ids = 0;

  /** The next run of the app. */
  start({ environment = {}, wanted = null, box = plainBox }: Run = {}): ProfileService {
    const { clock, folder } = this.storage;
    const problems = new Problems(clock);
    this.storage.problems = problems;
    const kept = { folder, clock, problems, openStore: openConfStore };
    const onSecret = (secret: string) => void this.known.push(secret);
    return new ProfileService({
      document: openDocument({ ...profilesDocument, ...kept }),
      secrets: new SealedSecrets({ document: openDocument({ ...secretsDocument, ...kept }), box, onSecret }),
      environment: environmentProfile(environment),
      wanted,
      newId: () => `id-${(this.#ids += 1)}`,
      problems,
      onSecret,
    });
  }

  remove(): void {
    this.storage.remove();
  }
}

/** A profile of an orchestrator on this machine. */
export function draftOf(name: string, more: Partial<ProfileDraft> = {}): ProfileDraft {
  return {
    name,
    production: false,
    orchestrator: { url: 'http://127.0.0.1:8000', allowHttp: false },
    portal: null,
    workstations: null,
    pollSeconds: null,
    ttlSeconds: {},
    ...more,
  };
}
