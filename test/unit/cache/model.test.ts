import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { Model, modelTtl, modelWindow, type Result } from './model.ts';
import { hour, minute, setup } from './setup.ts';

const keys = ['a:1', 'a:2', 'b:1'];
const policy = { ttl: modelTtl, staleWindow: modelWindow, timeout: 1_000 * hour };

const key = fc.constantFrom(...keys);
const onKey = <K extends string>(kind: K) => fc.record({ kind: fc.constant(kind), key });
const command = fc.oneof(
  { weight: 4, arbitrary: onKey('read') },
  { weight: 2, arbitrary: onKey('get') },
  { weight: 2, arbitrary: onKey('refresh') },
  { weight: 2, arbitrary: onKey('prefetch') },
  { weight: 1, arbitrary: onKey('set') },
  { weight: 1, arbitrary: onKey('delete') },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('end'), nth: fc.nat(5), ok: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('advance'),
      ms: fc.constantFrom(1, 999, 1_000, 3_000, 5_000, 13_000, minute),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('jump'), ms: fc.constantFrom(-hour, -1, 1, 4_000, 8 * hour) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('invalidate'),
      pattern: fc.constantFrom('a:*', '?:1', '*', 'c'),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'clear' as const }, { kind: 'cleanup' as const }) },
);
const matched: Record<string, string[]> = { 'a:*': ['a:1', 'a:2'], '?:1': ['a:1', 'b:1'], '*': keys, c: [] };

test('random operations on the cache and on a simple model agree at every step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
      const { clock, cache } = setup();
      const model = new Model(clock);
      const open = new Map<number, PromiseWithResolvers<string>>();
      const results = new Map<number, Result>();
      let calls = 0;
      let ids = 0;
      const load = (): Promise<string> => {
        const call = Promise.withResolvers<string>();
        open.set(calls, call);
        calls += 1;
        return call.promise;
      };
      const note = (id: number, { served, value }: { served: string; value: string | undefined }): void => {
        results.set(id, [served, value]);
      };

      for (const step of commands) {
        ids += 1;
        const id = ids;
        let answers: unknown[] = [];
        switch (step.kind) {
          case 'read':
            void cache.read(step.key, load, policy).then((lookup) => note(id, lookup));
            model.read(step.key, id);
            break;
          case 'refresh':
            void cache.refresh(step.key, load, policy).then((lookup) => note(id, lookup));
            model.refresh(step.key, id);
            break;
          case 'prefetch':
            void cache.prefetch(step.key, load, policy);
            model.prefetch(step.key);
            break;
          case 'get':
            answers = [cache.get(step.key), model.get(step.key)];
            break;
          case 'set':
            cache.set(step.key, `set ${id}`, policy);
            model.set(step.key, `set ${id}`);
            break;
          case 'delete':
            answers = [cache.delete(step.key), model.remove([step.key]) === 1];
            break;
          case 'invalidate':
            answers = [cache.invalidate(step.pattern), model.remove(matched[step.pattern] ?? [])];
            break;
          case 'clear':
            answers = [cache.clear(), model.remove(keys)];
            break;
          case 'cleanup':
            answers = [cache.cleanup(), model.cleanup()];
            break;
          case 'end': {
            const [call] = [...open.keys()].slice(step.nth % Math.max(1, open.size));
            if (call === undefined) break;
            if (step.ok) open.get(call)?.resolve(`loaded ${call}`);
            else open.get(call)?.reject(new Error('down'));
            open.delete(call);
            model.end(call, step.ok ? `loaded ${call}` : null);
            break;
          }
          case 'advance':
            await clock.advance(step.ms);
            break;
          case 'jump':
            clock.jumpWall(step.ms);
            break;
        }
        await settle();
        expect(answers[0]).toBe(answers[1]);
        expect(calls).toBe(model.calls);
        expect(cache.statistics().counters).toMatchObject(model.counters);
        expect(results).toEqual(model.results);
        for (const name of keys) {
          const state = model.of(name);
          expect(cache.peek(name)).toMatchObject({
            stored: state.entry !== null,
            value: state.entry?.value,
            age: model.age(name),
            fresh: model.fresh(name),
          });
          expect(cache.peek(name).loadingFor !== null).toBe(state.running !== null);
          expect(cache.peek(name).failure?.count).toBe(state.failure?.count);
        }
      }
    }),
    { numRuns: 1_000 },
  );
}, 60_000);
