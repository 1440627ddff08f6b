import { randomBytes } from 'node:crypto';
import type { Clock } from '../../electron/core/clock.ts';
import { KeyStore } from '../../electron/core/control/keys.ts';
import { controlDocument } from '../../electron/core/control/stored.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { openDocument } from '../../electron/core/storage/document.ts';
import { openConfStore } from '../../electron/hosts/conf-store.ts';
import { FakeClock } from './fake-clock.ts';

/** Keys in memory only: those of an environment, and what a test adds. */
export function keysOf(
  environment: Readonly<Record<string, string>> = {},
  clock: Clock = new FakeClock(),
): KeyStore {
  const problems = new Problems(clock);
  let ids = 0;
  return new KeyStore({
    clock,
    document: openDocument({ ...controlDocument, folder: null, clock, problems, openStore: openConfStore }),
    environment,
    newId: () => `key-${(ids += 1)}`,
    randomBytes,
    onSecret: () => {},
  });
}
