import { resourceKeys } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { partsOfKey } from '../sessions/session-values.ts';
import { managerSpecs } from '../workstations/resources.ts';
import type { ManagerKey } from '../workstations/resources.ts';

/** What a metric may name: a closed list, so that no user, address or odd key gets into a label. */
export type ResourceLabel = ResourceKey | ManagerKey | `session:${SessionField}` | 'other';

export const managerKeys = Object.keys(managerSpecs) as ManagerKey[];

export const resourceLabels: readonly ResourceLabel[] = [
  ...resourceKeys,
  ...managerKeys,
  ...sessionFields.map((field) => sessionLabel(field)),
  'other',
];

const ofKeys: ReadonlyMap<string, ResourceLabel> = new Map(
  [...resourceKeys, ...managerKeys].map((key) => [key, key]),
);

export function sessionLabel(field: SessionField): ResourceLabel {
  return `session:${field}`;
}

/** What a key of a cache is counted under. */
export function labelOfKey(key: string): ResourceLabel {
  const known = ofKeys.get(key);
  if (known !== undefined) return known;
  const parts = partsOfKey(key);
  return parts === null ? 'other' : sessionLabel(parts.field);
}
