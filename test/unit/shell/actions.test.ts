import { describe, expect, it } from 'vitest';
import { createActions } from '../../../electron/shell/actions.ts';
import type { RunAction } from '../../../electron/shell/actions.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

function actions(refreshAll = async (): Promise<void> => {}): {
  run: RunAction;
  done: unknown[][];
  lines: readonly string[];
} {
  const done: unknown[][] = [];
  const { log, lines } = recordingLog();
  const core = {
    refreshAll: () => {
      done.push(['refresh']);
      return refreshAll();
    },
    setPaused: (...pause: unknown[]) => void done.push(['paused', ...pause]),
    snooze: (...snooze: unknown[]) => void done.push(['snooze', ...snooze]),
    unsnooze: (...keys: unknown[]) => void done.push(['unsnooze', ...keys]),
  };
  const shell = { show: () => void done.push(['open']), quit: () => void done.push(['quit']) };
  return { run: createActions(core, shell, log), done, lines };
}

describe('an entry of tray or menu', () => {
  it('does in the core or in the shell what it says', () => {
    const { run, done } = actions();
    for (const action of ['refresh', 'pause', 'resume', 'unsnooze', 'open', 'quit'] as const) run(action);
    expect(done).toEqual([
      ['refresh'],
      ['paused', true, null],
      ['paused', false],
      ['unsnooze', ['*']],
      ['open'],
      ['quit'],
    ]);
  });

  it('lasts for as long as was chosen', () => {
    const { run, done } = actions();
    for (const choice of ['15', '60', 'resumed']) run('pause', choice);
    for (const choice of ['15m', '1h', 'morning']) run('snooze', choice);
    expect(done).toEqual([
      ['paused', true, 15],
      ['paused', true, 60],
      ['paused', true, null],
      ['snooze', ['*'], '15m'],
      ['snooze', ['*'], '1h'],
      ['snooze', ['*'], 'morning'],
    ]);
  });

  it('mutes nothing without a choice', () => {
    const { run, done } = actions();
    run('snooze');
    expect(done).toEqual([]);
  });

  it('logs a refresh that fails as a whole', async () => {
    const { run, lines } = actions(() => Promise.reject(new Error('stopped')));
    run('refresh');
    await settle();
    expect(lines).toEqual(['error: refresh: stopped']);
  });
});
