import { useState } from 'react';
import type { Setting } from './use-setting.ts';

/**
 * A setting of several parts: what was sent covers main's value until that is the same, or was not taken, so that a
 * second change goes on from the first.
 */
export function useSent<T>({ value, attempt, change }: Setting<T>): readonly [T, (next: T) => void] {
  const [sent, setSent] = useState<T | null>(null);
  const same = sent !== null && JSON.stringify(sent) === JSON.stringify(value);
  if (sent !== null && (same || attempt.state === 'failed' || attempt.state === 'idle')) setSent(null);
  return [
    sent ?? value,
    (next) => {
      setSent(next);
      change(next);
    },
  ];
}
