import { describe, expect, it, onTestFinished } from 'vitest';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { replayKey, startReplay } from '../../support/replay-orchestrator.ts';
import type { ScenarioName } from '../../support/replay-scenarios.ts';
import { patient } from './source-testing.ts';

async function replayed(scenario: ScenarioName, apiKey: string | null = replayKey) {
  const clock = new FakeClock(Date.UTC(2030, 0, 1));
  const server = await startReplay(scenario, { clock });
  onTestFinished(() => server.close());
  const source = createOrchestratorSource({ url: server.url, apiKey });
  const ids = async () => (await source.engineList(patient())).value.engines.map(({ id }) => id);
  return { clock, server, source, ids };
}

describe.each(['no-vpn', 'seed-era-no-vpn', 'with-stream'] as const)('changes replayed: %s', (scenario) => {
  it('a new engine after the 500, one that is listed for 10 s after its end', async () => {
    const { clock, source, ids } = await replayed(scenario);
    const before = await ids();
    expect(await source.changes.provision(null, patient())).toMatchObject({ outcome: 'unknown' });
    const with1 = await ids();
    const added = with1.filter((id) => !before.includes(id));
    expect(added).toHaveLength(1);
    expect(await source.changes.removeEngine(added[0] ?? '', patient())).toMatchObject({ outcome: 'done' });
    expect((await ids()).length).toBeGreaterThanOrEqual(before.length);
    await clock.advance(10_000);
    expect(await ids()).not.toContain(added[0]);
    expect(await source.changes.removeEngine('doesnotexist', patient())).toMatchObject({
      outcome: 'unknown',
    });
    expect(await source.changes.resetBreaker('general', patient())).toMatchObject({ outcome: 'done' });
  });

  it('are refused without the key', async () => {
    const { source } = await replayed(scenario, null);
    expect((await source.changes.provision(null, patient())).said).toContain('401: missing bearer token');
  });
});

it.each([
  ['circuit-open', 'refused', 296],
  ['single-vpn-down', 'refused', 60],
  ['no-image', 'refused', null],
  ['v2', 'done', null],
] as const)('provisioning replayed: %s', async (scenario, outcome, retryInSeconds) => {
  const { source } = await replayed(scenario);
  expect(await source.changes.provision(null, patient())).toMatchObject({ outcome, retryInSeconds });
});

it('a stream is stopped and has ended, a breaker is closed by its reset', async () => {
  const { server, source } = await replayed('with-stream');
  const streams = async () => (await source.streamList(patient())).value.streams;
  expect((await streams()).map(({ id, endedAt }) => [id, endedAt])).toEqual([['ch-42', null]]);
  expect((await source.streamSamples('ch-42', patient())).at.length).toBeGreaterThan(1);
  expect((await source.changes.stopStreams(['ch-42'], patient()))[0]?.outcome).toBe('done');
  expect((await streams())[0]?.endedAt).not.toBeNull();
  server.setScenario('circuit-open');
  expect((await source.healthStatus(patient())).value.breakers.general?.state).toBe('open');
  await source.changes.resetBreaker('general', patient());
  expect((await source.healthStatus(patient())).value.breakers.general?.state).toBe('closed');
});
