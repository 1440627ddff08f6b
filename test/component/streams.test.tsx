import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stream } from '../../shared/contract/fleet.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { samplesOf, streamOf } from '../support/fleet-world.ts';
import {
  engine,
  failureOf,
  healthyClient,
  pollOf,
  pollingOf,
  readingOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { Page } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const keys = ['1', '2', '3'].map((digit) => digit.repeat(40));
const streams: readonly Stream[] = [
  streamOf({ id: 's1', key: keys[0] ?? '', startedAt: worldStart - 60_000, speedDown: 1024 ** 2 }),
  streamOf({ id: 's2', key: keys[1] ?? '', startedAt: worldStart - 5000, speedDown: 3000, peers: null }),
  streamOf({ id: 's3', key: keys[2] ?? '', startedAt: worldStart - 900_000, endedAt: worldStart - 9000 }),
];

function clientWith(list: readonly Stream[] = streams): ScriptedClient {
  return healthyClient().answer('streams.list', () => pollOf(readingOf({ streams: [...list] })));
}

async function open(client: ScriptedClient): Promise<Page> {
  const page = await openPage(client);
  await goToHash('#/engines/streams', page.pass);
  return page;
}

function shown(): readonly (string | null)[] {
  return within(screen.getByRole('grid'))
    .getAllByRole('rowheader')
    .map((head) => head.querySelector('.row-open')?.textContent ?? null);
}

const results = (): string => screen.getByRole('log', { name: 'Results of changes' }).textContent;

async function hold(name: string, pass: Page['pass']): Promise<void> {
  fireEvent.pointerDown(screen.getByRole('button', { name }));
  await pass(1300);
  await pass(200);
}

describe('the table of streams', () => {
  it('lists those that run, newest first, in one unit a column and with the engine by its name', async () => {
    await open(clientWith());
    expect(shown()).toEqual(['22222222…2222', '11111111…1111']);
    const [, second, first] = screen.getAllByRole('row');
    expect(first?.querySelector('.col-down')?.textContent).toBe('1.00');
    expect(second?.querySelector('.col-down')?.textContent).toBe('< 0.01');
    expect(second?.querySelector('.col-peers')?.textContent).toBe('—');
    expect(first?.querySelector('.col-engine')?.textContent).toBe(engine.name);
    expect(first?.querySelector('.col-since')?.textContent).toBe('60 s');
    expect(screen.getByRole('button', { name: 'Down, MiB/s' })).toBeTruthy();
    expect(
      within(first ?? document.body)
        .getByRole('meter')
        .getAttribute('aria-valuetext'),
    ).toBe('10 s behind, 30 min buffered');
  });

  it('is narrowed to ended ones, and by text', async () => {
    const { user, pass } = await open(clientWith());
    await user.click(screen.getByRole('radio', { name: 'Ended' }));
    expect(shown()).toEqual(['33333333…3333']);
    await user.click(screen.getByRole('radio', { name: 'All' }));
    await user.type(screen.getByRole('searchbox', { name: 'Filter streams' }), '1111');
    await pass(50);
    expect(shown()).toEqual(['11111111…1111']);
    expect(screen.getByText('1 of 3 streams')).toBeTruthy();
  });

  it('sorts speeds with the fastest first', async () => {
    const { user } = await open(clientWith());
    await user.click(screen.getByRole('button', { name: 'Down, MiB/s' }));
    expect(shown()).toEqual(['11111111…1111', '22222222…2222']);
  });

  it('tells none from not read', async () => {
    await open(clientWith([]));
    expect(screen.getByText('No stream runs, and none has ended a short time ago.')).toBeTruthy();
    closePage();
    await open(
      healthyClient().answer('streams.list', () =>
        pollOf(readingOf<{ streams: Stream[] }>(null, { failure: failureOf() })),
      ),
    );
    expect(screen.getByText('No list yet. Last try: timed out.')).toBeTruthy();
  });
});

describe('stopping streams', () => {
  it('stops those that are selected and seen, and says what came of each', async () => {
    const client = clientWith().answer('streams.stop', ({ ids }) => ({
      results: ids.map((id) => ({
        id,
        stopped: id === 's1',
        said: id === 's1' ? 'Stopped.' : 'Engine is gone.',
      })),
      found: '1 of 2 still runs.',
    }));
    const { user, pass } = await open(client);
    expect(screen.getByRole('button', { name: 'Stop selected…' }).getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await user.click(screen.getByRole('button', { name: 'Stop 2 streams…' }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog', { name: 'Stop 2 streams?' });
    expect(dialog.textContent).toContain('Demo (http://127.0.0.1:8000/)');
    expect(dialog.textContent).toContain('11111111…1111');
    await hold('Hold to stop', pass);
    expect(client.inputsOf('streams.stop')).toEqual([{ ids: ['s2', 's1'] }]);
    expect(results()).toContain(
      'Stopping 2 streams: done in part. 1 of 2 streams stopped. 1 of 2 still runs.',
    );
    expect(results()).toContain('11111111…1111 stopped: Stopped.');
    expect(results()).toContain('22222222…2222 not stopped: Engine is gone.');
  });

  it('stops none that the filter hides', async () => {
    const client = clientWith().answer('streams.stop', ({ ids }) => ({
      results: ids.map((id) => ({ id, stopped: true, said: 'Stopped.' })),
      found: 'It does not run any more.',
    }));
    const { user, pass } = await open(client);
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await user.type(screen.getByRole('searchbox', { name: 'Filter streams' }), '1111');
    await pass(50);
    await user.click(screen.getByRole('button', { name: 'Stop 1 stream…' }));
    await pass(100);
    await hold('Hold to stop', pass);
    expect(client.inputsOf('streams.stop')).toEqual([{ ids: ['s1'] }]);
    expect(results()).toContain('Stopping 1 stream: done.');
  });

  it('says that nothing was sent when it was not', async () => {
    const client = clientWith().answer('streams.stop', () => {
      throw new RpcError('unavailable', 'It cannot be reached. Nothing was changed.');
    });
    const { user, pass } = await open(client);
    await user.click(screen.getByRole('button', { name: '11111111…1111' }));
    await user.click(screen.getByRole('button', { name: 'Stop this stream…' }));
    await pass(100);
    await hold('Hold to stop', pass);
    expect(results()).toContain('not done. It cannot be reached. Nothing was changed.');
  });
});

describe('the details of a stream', () => {
  it('have the whole key, the buffer in words, and charts read every 5 s', async () => {
    const client = clientWith().answer('streams.samples', () =>
      samplesOf({ at: [worldStart - 2000, worldStart - 1000, worldStart] }),
    );
    const { user, pass } = await open(client);
    await user.click(screen.getByRole('button', { name: '11111111…1111' }));
    await pass(300);
    const detail = within(screen.getByRole('region', { name: 'Stream 11111111…1111' }));
    expect(detail.getByText(keys[0] ?? '')).toBeTruthy();
    expect(detail.getByText('10 s behind live, 30 min buffered')).toBeTruthy();
    expect(detail.getByText(/^Down between 0\.\d\d and 0\.\d\d MiB\/s, 0\.\d\d last\.$/)).toBeTruthy();
    expect(detail.getByText('Between 15 and 17 peers, 17 last.')).toBeTruthy();
    expect(client.inputsOf('streams.samples')).toEqual([{ id: 's1' }]);
    await pass(10_500);
    expect(client.inputsOf('streams.samples')).toHaveLength(3);
    await user.keyboard('{Escape}');
    await pass(10_500);
    expect(client.inputsOf('streams.samples')).toHaveLength(3);
  });

  it('ask for no samples while polling is paused, and say why there are none', async () => {
    const client = clientWith().answer('streams.samples', () => {
      throw new RpcError('not-found', 'This orchestrator has no samples.');
    });
    const { user, pass } = await open(client);
    await user.click(screen.getByRole('button', { name: '11111111…1111' }));
    await pass(300);
    expect(screen.getByText('No charts: This orchestrator has no samples.')).toBeTruthy();
    const asked = client.inputsOf('streams.samples').length;
    client.push('polling.state', pollingOf({ paused: true }));
    await pass(15_500);
    expect(client.inputsOf('streams.samples')).toHaveLength(asked);
  });

  it('lead to the engine', async () => {
    const { user, pass } = await open(clientWith());
    await user.click(screen.getByRole('button', { name: '11111111…1111' }));
    await pass(200);
    const detail = within(screen.getByRole('region', { name: 'Stream 11111111…1111' }));
    await user.click(detail.getByRole('button', { name: 'engine-1' }));
    await goToHash('#/engines', pass);
    expect(screen.getByRole('region', { name: 'engine-1' })).toBeTruthy();
  });
});
