import { describe, expect, it, onTestFinished } from 'vitest';
import * as fleet from '../../../shared/contract/fleet.ts';
import * as contract from '../../../shared/contract/orchestrator.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import type { OrchestratorSource } from '../../../electron/core/sources/orchestrator/orchestrator-source.ts';
import { startLoopback } from '../../support/loopback.ts';
import { recordedFolders, recordedReplies, recordedReply } from '../../support/recorded-replies.ts';
import type { RecordedFolder, RecordedReply } from '../../support/recorded-replies.ts';
import { failureOf, patient } from './source-testing.ts';

interface Asked {
  readonly request: string;
  readonly authorization: string | undefined;
  readonly apiKey: string | string[] | undefined;
  body: string;
}

/** A server that answers everything but the question who it is with one recorded reply. */
async function answering(...replies: readonly RecordedReply[]) {
  const asked: Asked[] = [];
  const server = await startLoopback((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const who = path === '/version' || path === '/api/v1/version' || path === '/openapi.json';
    const openApi = JSON.stringify({ info: { title: 'On-Demand Orchestrator' } });
    if (who) {
      request.resume();
      response.writeHead(path === '/openapi.json' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(path === '/openapi.json' ? openApi : '{"detail":"Not Found"}');
      return;
    }
    const line: Asked = {
      request: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      apiKey: request.headers['x-api-key'],
      body: '',
    };
    asked.push(line);
    request.on('data', (chunk: Buffer) => (line.body += chunk.toString('utf8')));
    request.on('end', () => {
      const reply = replies.find(
        (one) => pathOf(one) === path && one.request.startsWith(`${request.method} `),
      );
      const { status, contentType, body } = reply ??
        replies.at(-1) ?? { status: 404, contentType: 'text/plain', body: '' };
      response.writeHead(status, { 'content-type': contentType });
      response.end(body);
    });
  });
  onTestFinished(() => server.close());
  return { source: createOrchestratorSource({ url: server.url, apiKey: 'k3y-of-tests' }), asked };
}

function pathOf({ request }: RecordedReply): string {
  return request.split(' ')[1]?.split('?')[0] ?? '';
}

type Raw = Record<string, unknown>;
const list = (value: unknown): Raw[] => value as Raw[];
const ms = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null);
const times1024 = (value: unknown): number | null => (typeof value === 'number' ? value * 1024 : null);

/** For each kind of GET: reads it, checks it against the contract, and compares what an operator sees with the body. */
const reads: Readonly<Record<string, (source: OrchestratorSource, raw: unknown) => Promise<void>>> = {
  'GET /engines': async (source, raw) => {
    const { engines } = contract.engineList.parse((await source.engineList(patient())).value);
    expect(engines.map(({ id, port, health, leaving }) => [id, port, health, leaving])).toEqual(
      list(raw).map((one) => [one['container_id'], one['port'], one['health_status'], false]),
    );
  },
  'GET /engines/stats/all': async (source, raw) => {
    const { engines } = (await source.engineList(patient())).value;
    const loads = new Map(Object.entries(raw as Record<string, Raw>));
    expect(engines.length).toBeGreaterThan(0);
    for (const { id, cpuPercent, memoryBytes } of engines) {
      const load = loads.get(id);
      expect([cpuPercent, memoryBytes]).toEqual([load?.['cpu_percent'], load?.['memory_usage']]);
    }
  },
  'GET /engines/stats/total': async (source, raw) => {
    const value = contract.engineTotals.parse((await source.engineTotals(patient())).value);
    expect([value.cpuPercent, value.containerCount]).toEqual([
      (raw as Raw)['total_cpu_percent'],
      (raw as Raw)['container_count'],
    ]);
  },
  'GET /vpn/status': async (source, raw) => {
    const value = contract.vpnStatus.parse((await source.vpnStatus(patient())).value);
    expect([value.mode, value.connected]).toEqual([(raw as Raw)['mode'], (raw as Raw)['connected']]);
  },
  'GET /health/status': async (source, raw) => {
    const value = contract.healthStatus.parse((await source.healthStatus(patient())).value);
    expect(value.totalEngines).toBe((raw as Raw)['total_engines']);
    const breakers = (raw as Raw)['circuit_breakers'] as Raw;
    expect(value.breakers.general?.state).toBe((breakers['general'] as Raw)['state']);
    expect(value.breakers.replacement?.state).toBe((breakers['replacement'] as Raw)['state']);
  },
  'GET /orchestrator/status': async (source, raw) => {
    const value = contract.orchestratorStatus.parse((await source.orchestratorStatus(patient())).value);
    const provisioning = (raw as Raw)['provisioning'] as Raw;
    const details = provisioning['blocked_reason_details'] as Raw | null;
    expect(value.engines).toEqual((raw as Raw)['engines']);
    expect(value.streams).toEqual((raw as Raw)['streams']);
    expect(value.provisioning.canProvision).toBe(provisioning['can_provision']);
    expect(value.provisioning.blocked?.code ?? null).toBe(details?.['code'] ?? null);
    expect(value.provisioning.blocked?.recoveryEtaSeconds ?? null).toBe(
      details?.['recovery_eta_seconds'] ?? null,
    );
  },
  'GET /cache/stats': async (source, raw) => {
    const value = contract.serverCache.parse((await source.serverCache(patient())).value);
    expect([value.hits, value.misses]).toEqual([(raw as Raw)['hits'], (raw as Raw)['misses']]);
  },
  'GET /streams': async (source, raw) => {
    const { streams } = fleet.streamList.parse((await source.streamList(patient())).value);
    expect(
      streams.map(({ id, engineId, peers, speedDown, endedAt }) => [id, engineId, peers, speedDown, endedAt]),
    ).toEqual(
      list(raw).map((one) => [
        one['id'],
        one['container_id'],
        one['peers'],
        times1024(one['speed_down']),
        ms(one['ended_at']),
      ]),
    );
  },
  'GET /streams/ch-42/stats': async (source, raw) => {
    const samples = await source.streamSamples('ch-42', patient());
    expect(samples.at).toEqual(list(raw).map((one) => ms(one['ts'])));
    expect(samples.speedDown).toEqual(list(raw).map((one) => times1024(one['speed_down'])));
    expect(samples.downloaded).toEqual(list(raw).map((one) => one['downloaded']));
  },
  'GET /events': async (source, raw) => {
    const { events } = fleet.serverEvents.parse((await source.serverEvents(patient())).value);
    expect(
      events.map(({ id, at, type, category, message, engineId }) => [
        id,
        at,
        type,
        category,
        message,
        engineId,
      ]),
    ).toEqual(
      list(raw).map((one) => [
        one['id'],
        ms(one['timestamp']),
        one['event_type'],
        one['category'],
        one['message'],
        one['container_id'],
      ]),
    );
  },
};

/** The engines' loads are read with the list of the same folder. */
function besides({ folder, name }: RecordedReply): RecordedReply[] {
  return name === 'engines_stats_all' ? [recordedReply(folder, 'engines')] : [];
}

const gets = recordedFolders.flatMap(recordedReplies).filter(({ request }) => request.startsWith('GET '));

describe.each(recordedFolders)('every GET of %s', (folder) => {
  it.each(gets.filter((one) => one.folder === folder).map((one) => [one.name, one] as const))(
    '%s',
    async (_, reply) => {
      const { source } = await answering(reply, ...besides(reply));
      const read = reads[`GET ${pathOf(reply)}`];
      if (!read) throw new Error(`nothing reads ${reply.request}`);
      if (reply.status === 200) return read(source, JSON.parse(reply.body));
      const failing =
        pathOf(reply) === '/events' ? source.serverEvents(patient()) : source.streamList(patient());
      expect(reply.status).toBe(422);
      const failure = await failureOf(failing);
      expect([failure.code, failure.supported]).toEqual(['bad-reply', true]);
      expect(failure.message).toContain('422: query.');
    },
  );
});

describe('the recorded streams of v1.5.0', () => {
  it('have a buffer in seconds, KiB/s as bytes and an end', async () => {
    const running = await answering(recordedReply('v1.5.0-no-vpn', 'streams_all'));
    const [stream] = (await running.source.streamList(patient())).value.streams;
    expect(stream).toMatchObject({
      keyType: 'infohash',
      live: true,
      endedAt: null,
      speedDown: 812 * 1024,
      speedUp: 44 * 1024,
      buffer: { position: 1_767_970_019, first: 1_767_968_219, last: 1_767_970_029, pieces: 15 },
    });
    const ended = await answering(recordedReply('v1.5.0-no-vpn', 'streams_ended'));
    const [over] = (await ended.source.streamList(patient())).value.streams;
    expect(over).toMatchObject({ speedDown: null, buffer: null, downloaded: 16_629_760 });
    expect(over?.endedAt).toBe(Date.parse('2026-11-21T01:52:44.518Z'));
  });

  it('of the first release have no buffer at all', async () => {
    const { source } = await answering(recordedReply('seed-era-no-vpn', 'streams_all'));
    expect((await source.streamList(patient())).value.streams[0]).toMatchObject({ peers: 17, buffer: null });
  });
});

const noVpn: readonly RecordedFolder[] = ['seed-era-no-vpn', 'v1.5.0-no-vpn'];
const provisionWords = {
  provision_200: [
    'unknown',
    'The orchestrator failed (POST /provision/acestream, 500: Internal Server Error).',
    null,
  ],
  provision_401: [
    'refused',
    'The orchestrator asks for a valid API key (POST /provision/acestream, 401: missing bearer token).',
    null,
  ],
  provision_403: [
    'refused',
    'The orchestrator does not accept this API key here (POST /provision/acestream, 403: invalid token).',
    null,
  ],
  provision_422: [
    'refused',
    'The orchestrator refused the request (POST /provision/acestream, 422: body.host_port: Input should be a valid integer, unable to parse string as an integer).',
    null,
  ],
} as const;

describe('provisioning', () => {
  it.each(
    noVpn.flatMap((folder) =>
      Object.entries(provisionWords).map(([name, want]) => [folder, name, want] as const),
    ),
  )('%s/%s', async (folder, name, [outcome, said, retryInSeconds]) => {
    const { source, asked } = await answering(recordedReply(folder, name));
    expect(await source.changes.provision(null, patient())).toEqual({ outcome, said, retryInSeconds });
    expect(asked).toEqual([
      {
        request: 'POST /provision/acestream',
        authorization: 'Bearer k3y-of-tests',
        apiKey: 'k3y-of-tests',
        body: '{}',
      },
    ]);
  });

  it.each([
    [
      'v1.5.0-no-vpn',
      'provision_503_circuit_breaker',
      'Circuit breaker is open due to repeated failures (circuit_breaker).',
      296,
    ],
    [
      'v1.5.0-single-vpn',
      'provision_503_vpn_disconnected',
      'VPN connection is required but currently disconnected (vpn_disconnected).',
      60,
    ],
  ] as const)('%s/%s is refused with its reason', async (folder, name, said, retryInSeconds) => {
    const { source } = await answering(recordedReply(folder, name));
    expect(await source.changes.provision(19_010, patient())).toEqual({
      outcome: 'refused',
      said,
      retryInSeconds,
    });
  });

  it('a JSON 500 says that nothing was started', async () => {
    const { source, asked } = await answering(recordedReply('v1.5.0-no-vpn', 'provision_500_general_error'));
    const answer = await source.changes.provision(19_010, patient());
    expect(answer).toMatchObject({ outcome: 'refused', retryInSeconds: null });
    expect(answer.said).toMatch(/^Failed to provision engine: 500 Server Error for .*$/);
    expect(asked.map(({ body }) => body)).toEqual(['{"host_port":19010}']);
  });
});

describe('deleting', () => {
  it.each(noVpn)('%s: done, refused without a key, not known for an unknown one', async (folder) => {
    const done = await answering(recordedReply(folder, 'delete_200'));
    expect(await done.source.changes.removeEngine('abc', patient())).toEqual({
      outcome: 'done',
      said: 'The orchestrator accepted the request.',
      retryInSeconds: null,
    });
    expect(done.asked.map(({ request }) => request)).toEqual(['DELETE /containers/abc']);
    const refused = await answering(recordedReply(folder, 'delete_401'));
    expect(await refused.source.changes.removeEngine('abc', patient())).toMatchObject({ outcome: 'refused' });
    const unknown = await answering(recordedReply(folder, 'delete_unknown'));
    expect(await unknown.source.changes.removeEngine('doesnotexist', patient())).toMatchObject({
      outcome: 'unknown',
      said: 'The orchestrator failed (DELETE /containers/doesnotexist, 500: Internal Server Error).',
    });
  });

  it.each(noVpn)('%s: the list right after still has the engine, the settled one has not', async (folder) => {
    const idOf = async (name: string): Promise<string[]> => {
      const { source } = await answering(recordedReply(folder, name));
      return (await source.engineList(patient())).value.engines.map(({ id }) => id);
    };
    const deleted = recordedReply(folder, 'delete_200').request.split('/').at(-1);
    expect(await idOf('engines_after_provision')).toContain(deleted);
    expect(await idOf('engines_after_delete_settled')).not.toContain(deleted);
    const right = await idOf('engines_right_after_delete');
    expect(right.length).toBeGreaterThan((await idOf('engines_after_delete_settled')).length);
  });
});

describe('a breaker', () => {
  it.each(noVpn)('%s: is reset by name', async (folder) => {
    const { source, asked } = await answering(recordedReply(folder, 'cb_reset'));
    expect(await source.changes.resetBreaker('general', patient())).toEqual({
      outcome: 'done',
      said: 'The orchestrator says: Circuit breaker for general reset successfully.',
      retryInSeconds: null,
    });
    expect(asked.map(({ request }) => request)).toEqual([
      'POST /health/circuit-breaker/reset?operation_type=general',
    ]);
  });
});

describe('stopping', () => {
  it.each([
    ['stream_delete', 'done', 'The orchestrator says: Stream stopped successfully.'],
    ['stream_delete_404', 'refused', 'The orchestrator says: Stream not found (DELETE /streams/ch-42, 404).'],
    [
      'stream_delete_again',
      'refused',
      'The orchestrator refused the request (DELETE /streams/ch-42, 400: Stream is not active (status: ended)).',
    ],
  ] as const)('one stream: %s', async (name, outcome, said) => {
    const { source, asked } = await answering(recordedReply('v1.5.0-no-vpn', name));
    expect(await source.changes.stopStreams(['ch-42'], patient())).toEqual([{ id: 'ch-42', outcome, said }]);
    expect(asked.map(({ request }) => request)).toEqual(['DELETE /streams/ch-42']);
  });

  it.each(['stream_delete', 'batch_stop'])('a release without %s says so', async (name) => {
    const { source } = await answering(
      recordedReply('seed-era-no-vpn', name),
      recordedReply('seed-era-no-vpn', 'streams_all'),
    );
    const ids = name === 'batch_stop' ? ['ch-42', 'nope'] : ['ch-42'];
    const [first] = await source.changes.stopStreams(ids, patient());
    expect(first).toMatchObject({ id: 'ch-42', outcome: 'refused' });
    expect(first?.said).toMatch(/^The orchestrator does not offer (DELETE|POST) \/streams\/\S+ \(404\)\.$/);
  });

  it('several streams: one request with their command URLs, one answer each', async () => {
    const { source, asked } = await answering(
      recordedReply('v1.5.0-no-vpn', 'streams_all'),
      recordedReply('v1.5.0-no-vpn', 'batch_stop'),
    );
    expect(await source.changes.stopStreams(['ch-42', 'ch-43'], patient())).toEqual([
      { id: 'ch-42', outcome: 'unknown', said: 'The orchestrator says nothing of this stream.' },
      {
        id: 'ch-43',
        outcome: 'refused',
        said: 'The orchestrator does not list this stream; nothing was sent.',
      },
    ]);
    expect(asked.map(({ request, body }) => [request, body])).toEqual([
      ['GET /streams', ''],
      ['POST /streams/batch-stop', '["http://127.0.0.1:19000/ace/cmd/0a48/e0d10c40aa"]'],
    ]);
  });
});
