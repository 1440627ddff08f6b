import { useTestNotification } from './use-test-notification.ts';
import type { TestNotification } from './use-test-notification.ts';
import { Gate } from '../ui/gate.tsx';

/** A notification on trial, and an honest word on what became of it. */
export function TestRow() {
  const { test, send } = useTestNotification();
  const said = textOf(test);
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="field-label">Test</span>
        <p className="field-note">Sends one now, also while you look at this window.</p>
      </div>
      <div className="setting-control">
        <Gate call="alerts.test">
          <button type="button" className="button" disabled={test.state === 'running'} onClick={send}>
            Send test notification
          </button>
        </Gate>
        <output className="outcome">
          {said && (
            <span>
              <span className="chip-glyph" data-role={said.role} aria-hidden="true">
                {glyphs[said.role]}
              </span>{' '}
              {said.text}
            </span>
          )}
        </output>
      </div>
    </div>
  );
}

const glyphs = { ok: '✓', bad: '✕', attention: '▲', neutral: '○' } as const;

interface Said {
  readonly role: keyof typeof glyphs;
  readonly text: string;
}

function textOf(test: TestNotification): Said | null {
  switch (test.state) {
    case 'idle':
      return null;
    case 'running':
      return { role: 'neutral', text: 'Sending…' };
    case 'shown':
      return {
        role: 'ok',
        text: 'Shown: the system took it. If you saw nothing, “Do not disturb” may be on.',
      };
    case 'failed':
      return { role: 'bad', text: 'Not shown: the system did not take it.' };
    case 'no-permission':
      return { role: 'bad', text: 'Not shown: this browser is not allowed to show notifications.' };
    case 'withheld':
      return { role: 'bad', text: `Not shown: ${test.why}` };
    case 'no-answer':
      return { role: 'attention', text: 'Sent, but nobody has said whether it was shown.' };
    case 'refused':
      return { role: 'bad', text: `Not sent: ${test.why}` };
  }
}
