import type { AppInfo } from '../../shared/contract/app.ts';
import type { UpdatesState } from '../../shared/contract/updates.ts';
import { useZone } from '../live/appearance.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { updatesText } from './words.ts';

type Step = 'check' | 'download' | 'install';

const labels: Readonly<Record<Step, string>> = {
  check: 'Check now',
  download: 'Download',
  install: 'Restart to update',
};

/** Where updates stand, and what can be done next. Nothing happens before it is asked for here. */
export function UpdatesRow({ info }: { readonly info: AppInfo | undefined }) {
  const state = useFeed('updates.state');
  const client = useClient();
  const { attempt, run } = useAttempt();
  useZone();
  const may = (step: Step): boolean =>
    info?.role === 'admin' || (step === 'check' && info?.role === 'operator');
  const steps = state ? stepsOf(state) : [];
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="field-label">Updates</span>
        <p className="field-note updates-text">{state ? updatesText(state) : 'Asking…'}</p>
      </div>
      {steps.length > 0 && (
        <div className="setting-control">
          <div className="setting-buttons">
            {steps.map((step) => (
              <button
                key={step}
                type="button"
                className="button"
                disabled={!may(step) || state?.stage === 'checking' || attempt.state === 'running'}
                onClick={() =>
                  run(async () => {
                    await client.call(`updates.${step}`, {});
                    return '';
                  })
                }
              >
                {labels[step]}
              </button>
            ))}
          </div>
          {steps.every(may) || !info ? (
            <Outcome attempt={attempt} running="Asking…" />
          ) : (
            <span className="outcome muted">{`Needs another role than ${info.role}`}</span>
          )}
        </div>
      )}
    </div>
  );
}

function stepsOf({ stage, version }: UpdatesState): readonly Step[] {
  switch (stage) {
    case 'off':
    case 'downloading':
      return [];
    case 'unknown':
    case 'checking':
    case 'current':
      return ['check'];
    case 'available':
      return ['check', 'download'];
    case 'failed':
      return version === null ? ['check'] : ['check', 'download'];
    case 'ready':
      return ['install'];
  }
}
