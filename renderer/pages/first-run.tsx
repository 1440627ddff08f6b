import '../styles/pages/first-run.css';
import { useState } from 'react';
import { demoProfileId } from '../../shared/model/profiles.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { ConnectForm } from '../settings/connect-form.tsx';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { PageHeading } from '../ui/page-heading.tsx';
import { Gate } from '../ui/gate.tsx';

/** Before anything was chosen: use the demo, or connect. */
export function FirstRun() {
  const client = useClient();
  const profiles = useFeed('profiles.state');
  const { attempt, run } = useAttempt();
  const [connecting, setConnecting] = useState(false);
  return (
    <div className="first-run">
      <PageHeading>Welcome to Cachedeck</PageHeading>
      <p className="first-run-what">
        Cachedeck watches an orchestrator, its engines and its VPN, and never shows a number without its age.
      </p>
      <div className="first-run-choices">
        <section className="panel first-run-choice" aria-labelledby="first-demo">
          <h2 id="first-demo">Look around with the demo</h2>
          <p>
            An embedded server plays an orchestrator with eight engines behind two VPNs. Nothing is needed for
            it, and it is labelled as a demo in the window.
          </p>
          <p className="muted">You can connect a real one at any time, in Settings.</p>
          <div className="first-run-actions">
            <Gate call="profiles.activate">
              <button
                type="button"
                className="button"
                disabled={attempt.state === 'running' || connecting}
                onClick={() =>
                  run(async () => {
                    await client.call('profiles.activate', { id: demoProfileId });
                    return '';
                  })
                }
              >
                Use the demo
              </button>
            </Gate>
            <Outcome attempt={attempt} running="Starting the demo…" />
          </div>
        </section>
        <section className="panel first-run-choice" aria-labelledby="first-connect">
          <h2 id="first-connect">Connect an orchestrator</h2>
          {profiles && (
            <Gate call="profiles.save">
              <ConnectForm storage={profiles.secretStorage} onBusy={setConnecting} />
            </Gate>
          )}
        </section>
      </div>
    </div>
  );
}
