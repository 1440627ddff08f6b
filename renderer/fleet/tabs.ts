/** The parts of the page, by their name in its address; the first one is the page's own. */
export const fleetTabs = {
  engines: 'Engines',
  vpn: 'VPN',
  streams: 'Streams',
  health: 'Health',
} as const;
export type FleetTab = keyof typeof fleetTabs;
export const fleetTabNames = Object.keys(fleetTabs) as readonly FleetTab[];
