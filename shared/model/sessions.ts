/** What is cached of a portal user, in the order in which each may need the ones before it. */
export const sessionFields = [
  'paas_engagement_id',
  'engagement_data',
  'ipc_engagement_id',
  'endpoints',
  'business_units',
  'environments_list',
  'zones',
] as const;
export type SessionField = (typeof sessionFields)[number];

/** What operators call each field. */
export const sessionFieldTitles: Readonly<Record<SessionField, string>> = {
  paas_engagement_id: 'PaaS engagement id',
  engagement_data: 'Engagement',
  ipc_engagement_id: 'IPC engagement id',
  endpoints: 'Endpoints',
  business_units: 'Business units',
  environments_list: 'Environments',
  zones: 'Zones',
};

/** ms: no field of a session counts longer, whatever a setting says. */
export const longestSession = 24 * 3_600_000;

/** Fields that another engagement makes worthless: a new id of the one drops all of the other. */
export const dependants: Readonly<Partial<Record<SessionField, readonly SessionField[]>>> = {
  paas_engagement_id: [
    'engagement_data',
    'ipc_engagement_id',
    'endpoints',
    'business_units',
    'environments_list',
    'zones',
  ],
  ipc_engagement_id: ['business_units', 'environments_list', 'zones'],
};
