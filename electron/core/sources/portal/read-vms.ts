import { z } from 'zod';
import type { VirtualMachine } from '../../../../shared/contract/portal.ts';
import { isRecord } from '../server-detail.ts';
import { number, readReply, section, text, time } from './fields.ts';
import { readTime } from './times.ts';
import type { PortalTime } from './times.ts';

/** A list of machines, and when the portal itself last looked; null: it does not say. */
export interface VmList {
  readonly vms: VirtualMachine[];
  readonly syncedAt: PortalTime | null;
}

const machine = z.preprocess(
  (item) => (isRecord(item) && isRecord(item['virtualMachine']) ? item['virtualMachine'] : item),
  z
    .object({
      vmId: text,
      vmuuid: text,
      vmName: text,
      storage: number,
      createdTime: time,
      endpoint: section({ endpointName: text }),
      zone: section({ zoneName: text }),
      department: section({ departmentName: text }),
      vmAttributes: section({
        'VM Status': text,
        IP: text,
        vCPU: number,
        RAM: number,
        OSMake: text,
        OSVersion: text,
      }),
    })
    .transform((one, context): VirtualMachine => {
      const id = one.vmId ?? one.vmuuid;
      if (id === null) {
        context.addIssue({ code: 'custom', message: 'no id', path: ['vmId'] });
        return z.NEVER;
      }
      const { vmAttributes: about } = one;
      return {
        id,
        name: one.vmName,
        status: about['VM Status'],
        ip: about.IP,
        cpus: about.vCPU,
        memoryMb: about.RAM,
        storageGb: one.storage,
        os: [about.OSMake, about.OSVersion].filter((part) => part !== null).join(' ') || null,
        endpoint: one.endpoint.endpointName,
        zone: one.zone.zoneName,
        businessUnit: one.department.departmentName,
        createdAt: one.createdTime,
      };
    }),
);

const list = z.object({ lastSyncedAt: z.unknown().optional(), vmList: z.array(machine).max(20_000) });

/** GET /portalservice/instances/vmlist/{ipcId} */
export function readVms(data: unknown, endpoint: string): VmList {
  const { lastSyncedAt, vmList } = readReply(list, data, endpoint);
  return { vms: vmList, syncedAt: readTime(lastSyncedAt) };
}
