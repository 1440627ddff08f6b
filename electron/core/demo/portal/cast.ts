/** A data centre of an engagement. */
export interface Site {
  /** The engagement's own number of it. */
  readonly endpointId: number;
  readonly name: string;
  readonly technicalName: string;
  /** What its cluster service says in place of a list; null: it works. */
  readonly broken: string | null;
  /** It sends its clusters as a bare list, as some do. */
  readonly bare: boolean;
}

export interface PortalEngagement {
  readonly id: number;
  readonly name: string;
  readonly customer: string;
  /** Starts the names of its machines. */
  readonly code: string;
  readonly ipcId: number;
  /** What an administrator's change turns it into. */
  readonly nextIpcId: number;
  readonly sites: readonly Site[];
  readonly units: number;
  readonly environments: number;
  readonly vms: number;
}

export interface PortalUser {
  readonly email: string;
  readonly engagements: readonly PortalEngagement[];
}

const places: readonly (readonly [string, string])[] = [
  ['Delhi', 'EP_V2_DEL'],
  ['Mumbai-BKC', 'EP_V2_MUM_BKC'],
  ['Chennai', 'EP_V2_CHN'],
  ['Bengaluru', 'EP_V2_BLR'],
  ['Hyderabad', 'EP_V2_HYD'],
  ['Pune', 'EP_V2_PUN'],
  ['Kolkata', 'EP_V2_KOL'],
  ['Singapore', 'EP_V2_SIN'],
  ['London', 'EP_V2_LON'],
  ['Frankfurt', 'EP_V2_FRA'],
];

function sitesOf(engagementId: number, from: number, count: number): readonly Site[] {
  return places.slice(from, from + count).map(([name, technicalName], nth) => ({
    endpointId: engagementId * 100 + nth + 1,
    name,
    technicalName,
    broken: name === 'Chennai' ? 'Cluster service of Chennai did not answer within 20 s' : null,
    bare: name === 'London',
  }));
}

/** Ids are those of the session documents; so are the numbers of endpoints, business units and environments. */
export const orchard: PortalEngagement = {
  id: 1234,
  name: 'Orchard Foods Private Cloud',
  customer: 'Orchard Foods',
  code: 'orchard',
  ipcId: 1602,
  nextIpcId: 1788,
  sites: sitesOf(1234, 0, 10),
  units: 20,
  environments: 30,
  vms: 24,
};

export const quarry: PortalEngagement = {
  id: 5678,
  name: 'Quarry Stone Production',
  customer: 'Quarry Stone',
  code: 'quarry',
  ipcId: 2001,
  nextIpcId: 2001,
  sites: sitesOf(5678, 1, 3),
  units: 6,
  environments: 8,
  vms: 14,
};

export const harbour: PortalEngagement = {
  id: 7301,
  name: 'Harbour Lines Europe',
  customer: 'Harbour Lines',
  code: 'harbour',
  ipcId: 2440,
  nextIpcId: 2440,
  sites: sitesOf(7301, 7, 3),
  units: 3,
  environments: 4,
  vms: 9,
};

export const portalUsers = {
  customer: { email: 'customer@orchard.example', engagements: [orchard] },
  engineer: { email: 'engineer@cloud.example', engagements: [orchard, quarry, harbour] },
  viewer: { email: 'viewer@quarry.example', engagements: [quarry] },
} as const satisfies Readonly<Record<string, PortalUser>>;
export type PortalUserName = keyof typeof portalUsers;
export const portalUserNames = [
  'customer',
  'engineer',
  'viewer',
] as const satisfies readonly PortalUserName[];
