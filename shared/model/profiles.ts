/** The three kinds of backend a profile can connect. */
export const backendKinds = ['orchestrator', 'portal', 'workstations'] as const;
export type BackendKind = (typeof backendKinds)[number];

/** What operators call each kind, at the start of a sentence. */
export const backendTitles: Readonly<Record<BackendKind, string>> = {
  orchestrator: 'Orchestrator',
  portal: 'Portal',
  workstations: 'Workstation manager',
};

/** The secrets of a profile: kept in main, never sent to a page. */
export const secretNames = ['orchestratorKey', 'portalPassword', 'workstationsPassword'] as const;
export type SecretName = (typeof secretNames)[number];

/** Ids of the two profiles that are not stored: the embedded demo, and what `CACHEDECK_*` variables describe. */
export const demoProfileId = 'demo';
export const environmentProfileId = 'environment';
