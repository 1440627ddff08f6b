import { networkInterfaces } from 'node:os';

/** Whether the machine has an address that others could answer to; it says nothing of whether they do. */
export function hasNetwork(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): boolean {
  return Object.values(interfaces).some((addresses) => addresses?.some(({ internal }) => !internal));
}
