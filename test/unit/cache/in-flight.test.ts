import { expect, test } from 'vitest';
import type { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { RemoveOptions } from '../../../electron/core/cache/types.ts';
import { policy, setup, Source } from './setup.ts';

const removals: [string, (cache: TtlCache, options?: RemoveOptions) => unknown][] = [
  ['delete', (cache, options) => cache.delete('k:1', options)],
  ['clear', (cache, options) => cache.clear(options)],
  ['glob', (cache, options) => cache.invalidate('k:*', options)],
  ['null', (cache, options) => cache.invalidate(null, options)],
];

test.each(removals)('%s during a load: waiters get its value, nothing is stored', async (_name, remove) => {
  const { cache } = setup();
  const source = new Source();
  const reading = cache.read('k:1', source.load, policy);
  expect(remove(cache)).toEqual(_name === 'delete' ? true : 1);
  expect(cache.peek('k:1').loadingFor).toBeNull();
  expect(source.signals[0]?.aborted).toBe(false);
  source.answer('v');
  const lookup = await reading;
  expect(lookup).toMatchObject({ value: 'v', served: 'miss' });
  expect(lookup.snapshot).toMatchObject({ stored: false, value: 'v', dataAge: 0, fresh: false });
  expect(cache.peek('k:1').stored).toBe(false);
  expect(cache.size).toBe(0);
});

test.each(removals)(
  '%s during a load: a later reader loads anew, the old result cannot overwrite',
  async (_n, remove) => {
    const { clock, cache } = setup();
    const source = new Source();
    const early = cache.read('k:1', source.load, policy);
    remove(cache);
    const later = cache.read('k:1', source.load, policy);
    expect(source.calls).toBe(2);
    source.answer('new', 2);
    expect((await later).value).toBe('new');
    source.answer('old', 1);
    expect((await early).value).toBe('old');
    await clock.advance(0);
    expect(cache.get('k:1')).toBe('new');
  },
);

test.each(removals)(
  '%s with cancel: waiters and forcing callers get cancelled at once',
  async (_n, remove) => {
    const { cache } = setup();
    const source = new Source();
    const reading = cache.read('k:1', source.load, policy);
    const force = cache.refresh('k:1', source.load, policy);
    remove(cache, { cancel: true });
    expect(await reading).toMatchObject({ served: 'none', error: { code: 'cancelled' } });
    expect(await force).toMatchObject({ served: 'none', error: { code: 'cancelled' } });
    expect(source.signals[0]?.aborted).toBe(true);
    expect(source.calls).toBe(1);
    source.answer('late');
    await reading;
    expect(cache.peek('k:1')).toMatchObject({ stored: false, failure: null });
    expect(cache.statistics().counters.loadErrors).toBe(0);
  },
);

test.each(removals)('%s during a prefetch nobody waits for stops the load', async (_n, remove) => {
  const { cache } = setup();
  const source = new Source();
  const prefetch = cache.prefetch('k:1', source.load, policy);
  remove(cache);
  expect(source.signals[0]?.aborted).toBe(true);
  expect((await prefetch).stored).toBe(false);
});

test.each(removals)(
  '%s: a force that waits behind the running load starts at once and is stored',
  async (_n, remove) => {
    const { cache } = setup();
    const source = new Source();
    const reading = cache.read('k:1', source.load, policy);
    const force = cache.refresh('k:1', source.load, policy);
    remove(cache);
    expect(source.calls).toBe(2);
    source.answer('forced', 2);
    expect((await force).value).toBe('forced');
    source.answer('old', 1);
    await reading;
    expect(cache.get('k:1')).toBe('forced');
  },
);

test('set during a load: the set value stays, waiters get the loaded one', async () => {
  const { cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  cache.set('k', 'set');
  source.answer('loaded');
  expect((await reading).value).toBe('loaded');
  expect(cache.get('k')).toBe('set');
});

test('a load that fails after its key was removed starts no back-off', async () => {
  const { cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  cache.delete('k');
  source.fail('down');
  expect((await reading).served).toBe('none');
  expect(cache.peek('k').failure).toBeNull();
  const again = cache.read('k', source.load, policy);
  source.answer('v');
  expect((await again).value).toBe('v');
});

test('a key that holds a value and is being refreshed is matched by a glob, once', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  cache.set('hot:1', 'old', policy);
  const force = cache.refresh('hot:1', source.load, policy);
  expect(cache.match('hot:*')).toEqual(['hot:1']);
  expect(cache.invalidate('hot:*')).toBe(1);
  source.answer('new');
  await force;
  await clock.advance(0);
  expect(cache.peek('hot:1').stored).toBe(false);
});
