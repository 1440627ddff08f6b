import { z } from 'zod';
import type {
  BusinessUnit,
  Endpoint,
  Engagement,
  Environment,
  Zone,
} from '../../../../shared/contract/portal.ts';
import { flag, id, listUnder, number, readReply, text } from './fields.ts';

const engagements = z
  .array(z.object({ id, engagementName: text, engagementType: text, customerName: text }))
  .max(1000);

/** GET /paasservice/paas/engagements */
export function readEngagements(data: unknown, endpoint: string): Engagement[] {
  return readReply(engagements, data, endpoint).map((one) => ({
    id: one.id,
    name: one.engagementName,
    type: one.engagementType,
    customer: one.customerName,
  }));
}

/** GET /paasservice/paas/getIpcEngFromPaasEng/{paasId} */
export function readIpcEngagementId(data: unknown, endpoint: string): number {
  return readReply(z.object({ ipc_engid: id }), data, endpoint).ipc_engid;
}

const endpoints = z
  .array(z.object({ endpointId: id, endpointDisplayName: text, endpoint: text, aiCloudEnabled: flag }))
  .max(1000);

/** GET /portalservice/configservice/getEndpointsByEngagement/{paasId} */
export function readEndpoints(data: unknown, endpoint: string): Endpoint[] {
  return readReply(endpoints, data, endpoint).map((one) => ({
    id: one.endpointId,
    name: one.endpointDisplayName,
    technicalName: one.endpoint,
    aiCloud: one.aiCloudEnabled,
  }));
}

const departments = listUnder(
  'department',
  z.object({ id, name: text, noOfEnvironments: number, noOfZones: number, noOfVMs: number }),
  5000,
);

/** GET /portalservice/securityservice/departments/{ipcId} */
export function readBusinessUnits(data: unknown, endpoint: string): BusinessUnit[] {
  return readReply(departments, data, endpoint).map((one) => ({
    id: one.id,
    name: one.name,
    environments: one.noOfEnvironments,
    zones: one.noOfZones,
    vms: one.noOfVMs,
  }));
}

/** GET /portalservice/securityservice/environmentsperengagement/{ipcId} */
export function readEnvironments(data: unknown, endpoint: string): Environment[] {
  return readReply(z.array(z.object({ id, name: text })).max(5000), data, endpoint);
}

const zones = z
  .array(
    z.object({
      zoneId: id,
      zoneName: text,
      departmentName: text,
      environmentName: text,
      cidr: text,
      status: text,
      endpointName: text,
    }),
  )
  .max(5000);

/** GET /portalservice/api/v1/{ipcId}/zonelist */
export function readZones(data: unknown, endpoint: string): Zone[] {
  return readReply(zones, data, endpoint).map((one) => ({
    id: one.zoneId,
    name: one.zoneName,
    businessUnit: one.departmentName,
    environment: one.environmentName,
    cidr: one.cidr,
    status: one.status,
    endpoint: one.endpointName,
  }));
}
