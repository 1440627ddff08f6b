import { expect, test } from 'vitest';
import { Limiter } from '../../../electron/core/status/limiter.ts';
import { settle } from '../../support/fake-clock.ts';

function gate(): { promise: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

test('at most the limit runs at once, the rest follow in order', async () => {
  const limiter = new Limiter(2);
  const signal = new AbortController().signal;
  const gates = [gate(), gate(), gate(), gate()];
  const started: number[] = [];
  const runs = gates.map((one, index) =>
    limiter.run(signal, async () => {
      started.push(index);
      await one.promise;
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);
  gates[1]?.open();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const one of gates) one.open();
  await Promise.all(runs);
  expect(started).toEqual([0, 1, 2, 3]);
  expect(limiter.waiting).toBe(0);
});

test('who is cancelled while waiting leaves the queue and takes no place', async () => {
  const limiter = new Limiter(1);
  const first = gate();
  const running = limiter.run(new AbortController().signal, () => first.promise);
  const control = new AbortController();
  const waiting = limiter.run(control.signal, () => Promise.resolve('never'));
  control.abort(new Error('gave up'));
  await expect(waiting).rejects.toThrow('gave up');
  expect(limiter.waiting).toBe(0);
  first.open();
  await running;
  await expect(limiter.run(new AbortController().signal, () => Promise.resolve(7))).resolves.toBe(7);
});

test('a task that throws gives its place back', async () => {
  const limiter = new Limiter(1);
  const { signal } = new AbortController();
  await expect(limiter.run(signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(limiter.run(signal, () => Promise.resolve(1))).resolves.toBe(1);
});
