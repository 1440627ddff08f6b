import { describe, expect, it } from 'vitest';
import { createActions } from '../../../electron/shell/actions.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

describe('an entry of tray or menu', () => {
  it('does in the core or in the shell what it says', () => {
    const done: string[] = [];
    const core = {
      refreshAll: async () => void done.push('refresh'),
      setPaused: (paused: boolean) => void done.push(paused ? 'pause' : 'resume'),
    };
    const shell = { show: () => void done.push('open'), quit: () => void done.push('quit') };
    const run = createActions(core, shell, recordingLog().log);
    const actions = ['refresh', 'pause', 'resume', 'open', 'quit'] as const;
    for (const action of actions) run(action);
    expect(done).toEqual(actions);
  });

  it('logs a refresh that fails as a whole', async () => {
    const { log, lines } = recordingLog();
    const core = { refreshAll: () => Promise.reject(new Error('stopped')), setPaused: () => {} };
    createActions(core, { show: () => {}, quit: () => {} }, log)('refresh');
    await settle();
    expect(lines).toEqual(['error: refresh: stopped']);
  });
});
