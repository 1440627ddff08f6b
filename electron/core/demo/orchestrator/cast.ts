/** Who plays in the demo. Addresses are from the ranges reserved for documentation (RFC 5737). */
export interface VpnRole {
  readonly container: 'gluetun1' | 'gluetun2';
  readonly provider: string;
  readonly country: string;
  readonly city: string;
  readonly region: string;
  readonly publicIp: string;
  readonly forwardedPort: number;
}

export const firstVpn: VpnRole = {
  container: 'gluetun1',
  provider: 'ProtonVPN',
  country: 'Netherlands',
  city: 'Amsterdam',
  region: 'North Holland',
  publicIp: '203.0.113.24',
  forwardedPort: 41873,
};

export const secondVpn: VpnRole = {
  container: 'gluetun2',
  provider: 'ProtonVPN',
  country: 'Switzerland',
  city: 'Zurich',
  region: 'Zurich',
  publicIp: '198.51.100.87',
  forwardedPort: 52310,
};

export const engineCount = 8;
export const engineVersion = '3.2.11';
export const engineVariant = 'krinkuto11-amd64';
export const orchestratorVersion = '1.7.3';
/** ms after which the replacement's breaker lets another try through. */
export const breakerTimeout = 180_000;
/** Engines that fit beside those the demo begins with. */
export const spareReplicas = 12;
export const minReplicas = 8;
export const memoryLimit = 16 * 1024 ** 3;
