import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../shared/contract/orchestrator.ts';
import { inOrder, ranksOf } from '../../../renderer/fleet/order.ts';
import { chartsOf } from '../../../renderer/fleet/stream-samples.ts';
import { bufferWords, shortKey } from '../../../renderer/fleet/stream-words.ts';
import { mebibytesText } from '../../../renderer/fleet/units.ts';
import { countStates } from '../../../renderer/panels/engines-words.ts';
import { samplesOf } from '../../support/fleet-world.ts';
import { engine } from '../../support/page-world.ts';

const mib = 1024 ** 2;

describe('MiB as one unit of a column', () => {
  it.each([
    [null, '—'],
    [0, '0'],
    [100, '< 0.01'],
    [0.78 * mib, '0.78'],
    [45.84 * mib, '45.8'],
    [1204 * mib, '1\u202f204'],
  ])('writes %s bytes as %s', (bytes, text) => {
    expect(mebibytesText(bytes)).toBe(text);
  });
});

describe('the order of rows', () => {
  const rows = [3, null, 1, 2];

  it('has what is missing last in both directions', () => {
    expect(inOrder(rows, (n) => n, false)).toEqual([1, 2, 3, null]);
    expect(inOrder(rows, (n) => n, true)).toEqual([3, 2, 1, null]);
  });

  it('keeps equal ones as they were', () => {
    const equal = [{ id: 'b' }, { id: 'a' }];
    expect(inOrder(equal, () => 1, true)).toEqual(equal);
  });

  it('ranks names as people do', () => {
    const ranks = ranksOf(['engine-10', 'engine-9', 'Engine-1', 'engine-9']);
    expect([...ranks].map(([name]) => name)).toEqual(['Engine-1', 'engine-9', 'engine-10']);
  });
});

it('counts an engine that leaves as leaving, whatever its health was', () => {
  const engines: Engine[] = [engine, { ...engine, health: 'unhealthy', leaving: true }];
  expect(countStates(engines)).toEqual({ healthy: 1, unhealthy: 0, unknown: 0, leaving: 1 });
});

describe('the charts of a stream', () => {
  it('have at most 240 points, each the mean of three seconds', () => {
    const n = 720;
    const at = Array.from({ length: n }, (_, second) => 1_200_000 + second * 1000);
    const flat = Array.from({ length: n }, () => 2 * mib);
    const charts = chartsOf(
      samplesOf({
        at,
        speedDown: flat,
        speedUp: flat,
        downloaded: flat,
        uploaded: flat,
        peers: flat.map(() => 9),
      }),
    );
    expect(charts?.frame.at).toHaveLength(240);
    expect(charts?.frame.bucketMs).toBe(3000);
    expect(new Set(charts?.down)).toEqual(new Set([2]));
    expect(new Set(charts?.peers)).toEqual(new Set([9]));
  });

  it('stretch their points over a longer time, and leave what is not reported out', () => {
    const at = Array.from({ length: 720 }, (_, n) => n * 10_000);
    const none = at.map(() => null);
    const charts = chartsOf(samplesOf({ at, speedDown: none, speedUp: none, peers: none }));
    expect(charts?.frame.at.length).toBeLessThanOrEqual(240);
    expect(charts?.down.every((value) => value === null)).toBe(true);
  });

  it('are none without samples', () => {
    expect(chartsOf(samplesOf({ at: [] }))).toBeNull();
  });
});

it('says where playback is', () => {
  expect(bufferWords({ position: 1018, first: 1000, last: 1030, pieces: null })).toBe(
    '12 s behind live, 30 s buffered',
  );
});

it('cuts a long key in its middle and leaves a short one whole', () => {
  expect(shortKey({ key: '0123456789abcdef' })).toBe('01234567…cdef');
  expect(shortKey({ key: 'short-key-13c' })).toBe('short-key-13c');
});
