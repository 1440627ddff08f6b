import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { Feed } from '../../../electron/core/feed.ts';
import { createRouter } from '../../../electron/core/router.ts';
import type { CallContext, Handlers } from '../../../electron/core/router.ts';
import { call, feed, roles } from '../../../shared/rpc/define.ts';
import type { Role } from '../../../shared/rpc/define.ts';
import { memoryLog } from '../../support/bridge-fixture.ts';

let checks = 0;
const watched = z.object({ n: z.number() }).refine(() => {
  checks += 1;
  return true;
});
const contract = {
  'look.viewer': call('viewer', z.strictObject({}), z.object({ seen: z.string() })),
  'look.operator': call('operator', z.strictObject({}), z.object({ seen: z.string() })),
  'look.admin': call('admin', z.strictObject({}), z.object({ seen: z.string() })),
  'text.size': call(
    'viewer',
    z.strictObject({ text: z.string().default('none') }),
    z.object({ size: z.number() }),
  ),
  'feed.viewer': feed('viewer', watched),
  'feed.admin': feed('admin', z.number()),
} as const;

function setup(change: Partial<Handlers<typeof contract>> = {}) {
  const log = memoryLog();
  const look = (_input: object, { principal }: CallContext) => ({ seen: principal.role });
  const handlers: Handlers<typeof contract> = {
    'look.viewer': look,
    'look.operator': look,
    'look.admin': look,
    'text.size': ({ text }) => ({ size: text.length }),
    'feed.viewer': new Feed({ n: 0 }),
    'feed.admin': new Feed(1),
    ...change,
  };
  return { log, handlers, router: createRouter(contract, handlers, { log }) };
}

const allowed: readonly (readonly [Role, readonly string[]])[] = [
  ['viewer', ['look.viewer']],
  ['operator', ['look.viewer', 'look.operator']],
  ['admin', ['look.viewer', 'look.operator', 'look.admin']],
];

describe('router', () => {
  test('handler types come from the contract', () => {
    type Given = Handlers<typeof contract>;
    expectTypeOf<Parameters<Given['text.size']>[0]>().toEqualTypeOf<{ text: string }>();
    expectTypeOf<Given['feed.admin']>().toEqualTypeOf<Feed<number>>();
    expectTypeOf<Omit<Given, 'text.size'>>().not.toExtend<Given>();
    expect(setup().router.entries).toContainEqual({ name: 'feed.admin', kind: 'feed', role: 'admin' });
  });

  test.each(allowed)('a %s may call %j', async (role, names) => {
    const { router } = setup();
    const answers = new Map<string, unknown>();
    for (const needed of roles) {
      const reply = await router.call(`look.${needed}`, {}, { role });
      answers.set(`look.${needed}`, reply.ok ? reply.value : reply.error.code);
    }
    const expected = roles.map((needed) => {
      const name = `look.${needed}`;
      return [name, names.includes(name) ? { seen: role } : 'forbidden'];
    });
    expect([...answers]).toEqual(expected);
  });

  test('the role is looked at before the input, and for feeds too', async () => {
    const { router } = setup();
    await expect(router.call('look.admin', { bad: 1 }, { role: 'viewer' })).resolves.toMatchObject({
      error: { code: 'forbidden' },
    });
    const seen: unknown[] = [];
    const refused = router.subscribe('feed.admin', { role: 'operator' }, (message) => seen.push(message));
    expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(seen).toEqual([]);
  });

  test('kinds are not mixed up', async () => {
    const { router } = setup();
    await expect(router.call('feed.viewer', {}, { role: 'admin' })).resolves.toMatchObject({
      error: { code: 'not-found' },
    });
    expect(router.subscribe('look.viewer', { role: 'admin' }, () => {})).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('defaults of the schema reach the handler; null is not a missing input', async () => {
    const { router } = setup();
    await expect(router.call('text.size', undefined, { role: 'viewer' })).resolves.toEqual({
      ok: true,
      value: { size: 4 },
    });
    await expect(router.call('text.size', null, { role: 'viewer' })).resolves.toMatchObject({
      error: { code: 'bad-request', details: ['(whole)'] },
    });
  });

  test('what an output has beyond its schema stays in main', async () => {
    const { router } = setup({ 'look.viewer': () => ({ seen: 'x', apiKey: 's3cr3t' }) });
    await expect(router.call('look.viewer', {}, { role: 'viewer' })).resolves.toEqual({
      ok: true,
      value: { seen: 'x' },
    });
  });

  test('a thrown value that is no error is internal all the same', async () => {
    const { router, log } = setup({ 'look.viewer': () => Promise.reject('s3cr3t') });
    await expect(router.call('look.viewer', {}, { role: 'viewer' })).resolves.toMatchObject({
      error: { code: 'internal' },
    });
    expect(log.lines).toEqual(['error: call look.viewer: failed without an error']);
  });

  test('a handler is not started for an asker that has gone, and can see one go', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { router } = setup({
      'look.viewer': (_input, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    const cancelled = { ok: false, error: { code: 'cancelled' } };
    const gone = await router.call('look.viewer', {}, { role: 'viewer' }, AbortSignal.abort());
    expect(gone).toMatchObject(cancelled);
    expect(signals).toEqual([]);
    const going = new AbortController();
    const reply = router.call('look.viewer', {}, { role: 'viewer' }, going.signal);
    going.abort();
    await expect(reply).resolves.toMatchObject(cancelled);
    expect(signals).toEqual([going.signal]);
  });

  test('a value is checked once a revision, however many listen', () => {
    const { router, handlers } = setup();
    checks = 0;
    const messages: unknown[][] = [[], [], []];
    const stops = messages.map((list) =>
      router.subscribe('feed.viewer', { role: 'viewer' }, (message) => list.push(message)),
    );
    expect(checks).toBe(1);
    handlers['feed.viewer'].set({ n: 1 });
    expect(checks).toBe(2);
    expect(messages[0]).toEqual([
      { revision: 0, value: { n: 0 } },
      { revision: 1, value: { n: 1 } },
    ]);
    expect(messages[1]?.[1]).toBe(messages[0]?.[1]);
    for (const each of stops) if (each.ok) each.stop();
    expect(handlers['feed.viewer'].listenerCount).toBe(0);
  });
});
