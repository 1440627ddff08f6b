import { describe, expect, onTestFinished, test } from 'vitest';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { bodyOf, keepBody } from '../../../electron/core/sources/kept-bodies.ts';
import { controlBed } from '../../support/control-bed.ts';
import type { ControlBed } from '../../support/control-bed.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { OpenApiCheck } from '../../support/openapi-check.ts';
import { nodeOf, status, vpnOf } from '../../support/page-world.ts';

const apiKey = 'the-key-of-the-backend';

/** What the routes answer for what an orchestrator with `replies` says. */
async function onOrchestrator(replies: Readonly<Record<string, unknown>>): Promise<ControlBed> {
  const server = await startLoopback((request, response) => {
    const reply = replies[request.url ?? ''];
    if (reply === undefined) sendJson(response, 404, { detail: 'Not Found' });
    else sendJson(response, 200, reply);
  });
  const source = createOrchestratorSource({ url: server.url, apiKey });
  const bed = await controlBed({ backend: { source } });
  onTestFinished(async () => {
    await bed.close();
    await server.close();
  });
  return bed;
}

const recorded = {
  '/version': { version: '1.7.3', title: 'On-Demand Orchestrator' },
  '/engines/stats/total': {
    total_cpu_percent: 6.96,
    total_memory_usage: 424_054_061,
    total_network_rx_bytes: 12_345_752,
    total_network_tx_bytes: 668_981,
    total_block_read_bytes: 60_816,
    total_block_write_bytes: 243_265,
    container_count: 2,
    of_its_own: ['kept', 1],
  },
};

test('a body in the documented shape passes as it is, with what it has of its own', async () => {
  const { ask } = await onOrchestrator(recorded);
  expect((await ask('GET /engines/stats/total')).json).toEqual(recorded['/engines/stats/total']);
});

test('a body that repeats the backend’s key does not pass', async () => {
  const { ask } = await onOrchestrator({
    ...recorded,
    '/engines/stats/total': {
      ...recorded['/engines/stats/total'],
      seen: { authorization: `Bearer ${apiKey}` },
    },
  });
  const { of_its_own: _, ...documented } = recorded['/engines/stats/total'];
  const { json, body } = await ask('GET /engines/stats/total');
  expect(json).toEqual(documented);
  expect(body).not.toContain(apiKey);
});

test('of a 2.x server the documented shape is written; what it does not report is null', async () => {
  const { ask } = await onOrchestrator({
    '/api/v1/version': { version: '2.1.0', go_unified: true },
    '/api/v1/engines/stats/total': {
      engines_total: 4,
      engines_healthy: 3,
      streams_active: 1,
      vpn_nodes_total: 2,
    },
    '/api/v1/vpn/status': { vpn_enabled: true, nodes_total: 2, nodes_healthy: 1, vpn_nodes: [] },
  });
  const totals = await ask('GET /engines/stats/total');
  expect([totals.status, totals.json]).toMatchObject([
    200,
    { total_cpu_percent: null, total_memory_usage: null },
  ]);
  expect((await ask('GET /vpn/status')).json).toMatchObject({
    mode: 'redundant',
    enabled: true,
    connected: true,
    vpn1: null,
    vpn2: null,
    emergency_mode: null,
  });
});

describe('what is written anew fits the document', () => {
  test.each([
    [
      'GET /orchestrator/status',
      'orchestratorStatus',
      {
        ...status,
        provisioning: {
          canProvision: false,
          breaker: 'open',
          lastFailure: 1_000_000_000_000,
          blocked: { code: 'circuit_breaker', message: 'It is open.', recoveryEtaSeconds: 9, canRetry: null },
        },
      },
    ],
    [
      'GET /vpn/status',
      'vpnStatus',
      vpnOf({
        mode: 'redundant',
        nodes: [nodeOf({ lastCheck: 1_000_000_000_000 }), nodeOf({ name: null, connected: null })],
        emergency: { active: true, failedVpn: 'gluetun1', healthyVpn: null, durationSeconds: 1.5 },
      }),
    ],
  ] as const)('%s', async (what, read, value) => {
    const bed = await controlBed();
    onTestFinished(() => bed.close());
    const { script, clock } = bed.app;
    script.values = { ...script.values, [read]: value };
    await clock.advance(200);
    const check = new OpenApiCheck((await bed.ask('GET /openapi.json')).json);
    const { status: code, json } = await bed.ask(what);
    expect([code, check.fault(what, 200, json)]).toEqual([200, null]);
    expect(json).toMatchObject(
      what === 'GET /vpn/status'
        ? { vpn1: { last_check: '2001-09-09T01:46:40.000Z' }, emergency_mode: { duration_seconds: 1.5 } }
        : { provisioning: { last_failure: '2001-09-09T01:46:40.000Z', circuit_breaker_state: 'open' } },
    );
  });
});

test('a value that was not read in one reply has no body', () => {
  expect(bodyOf({})).toBeUndefined();
});

test('a body that repeats a key which JSON writes with backslashes is not kept', () => {
  const key = String.raw`quoted"key\with-more`;
  const [told, untold] = [{}, {}];
  keepBody(told, { seen: [`Bearer ${key}`] }, key);
  keepBody(untold, { seen: ['Bearer of another'] }, key);
  expect([bodyOf(told), bodyOf(untold)]).toEqual([undefined, { seen: ['Bearer of another'] }]);
});
