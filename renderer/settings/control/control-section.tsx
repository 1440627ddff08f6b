import type { ControlState } from '../../../shared/contract/control.ts';
import { useClient } from '../../live/client-context.ts';
import { useFeed } from '../../live/feed.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Section } from '../section.tsx';
import { NumberRow, SwitchRow } from '../setting-row.tsx';
import { useSaving } from '../use-saving.ts';
import { KeysTable } from './keys-table.tsx';
import { NewKey } from './new-key.tsx';

/** The app's own cache for scripts, other dashboards and Prometheus: where it answers, and to whom. */
export function ControlSection() {
  const state = useFeed('control.state');
  return (
    <Section name="control" actions={<NewKey />}>
      {state ? (
        <>
          {!state.besidePage && <Switches state={state} />}
          <Where state={state} />
          <KeysTable keys={state.keys} />
        </>
      ) : (
        <p className="empty">Asking whether it is on…</p>
      )}
    </Section>
  );
}

function Switches({ state: { on, port } }: { readonly state: ControlState }) {
  const client = useClient();
  const switching = useSaving();
  const moving = useSaving();
  const configure = async (choice: { on: boolean; port: number }): Promise<void> => {
    await client.call('control.configure', choice);
  };
  return (
    <>
      <SwitchRow
        label="Answer programs"
        note="On this computer only, and only to whoever shows one of the keys below."
        setting={{
          value: on,
          variable: null,
          attempt: switching.attempt,
          change: (next) => switching.save(() => configure({ on: next, port })),
        }}
      />
      <NumberRow
        label="Port"
        note="Of this computer. 1 to 65535; below 1024 most systems refuse it."
        min={1}
        max={65_535}
        unit="port"
        setting={{
          value: port,
          variable: null,
          attempt: moving.attempt,
          change: (next) => moving.save(() => configure({ on, port: next })),
        }}
      />
    </>
  );
}

interface Standing {
  readonly glyph: string;
  readonly role: 'ok' | 'attention' | 'bad' | 'neutral';
  readonly text: string;
}

function standingOf({ on, url, fault, besidePage, keys }: ControlState): Standing {
  if (fault !== null) return { glyph: '✕', role: 'bad', text: `It does not answer. ${fault}` };
  if (keys.length === 0) {
    const when = besidePage ? 'It answers once there is a key.' : 'Without a key everybody is refused.';
    return on
      ? { glyph: '▲', role: 'attention', text: `There is no key. ${when}` }
      : { glyph: '○', role: 'neutral', text: `It is off. ${when}` };
  }
  if (url === null) return { glyph: '○', role: 'neutral', text: 'It is off.' };
  return { glyph: '●', role: 'ok', text: `It answers at ${url}` };
}

/** What answers where, and the line to try it with. */
function Where({ state }: { readonly state: ControlState }) {
  const { glyph, role, text } = standingOf(state);
  const line = state.url === null ? null : `curl -H 'X-API-KEY: <key>' ${state.url}cache/stats`;
  return (
    <div className="control-where">
      <output>
        <span className="chip-glyph" data-role={role} aria-hidden="true">
          {glyph}
        </span>{' '}
        {text}
      </output>
      {line !== null && state.keys.length > 0 && (
        <p className="control-line">
          <code className="mono">{line}</code>
          <CopyButton text={() => line} className="button small" label="Copy the curl line">
            Copy
          </CopyButton>
        </p>
      )}
    </div>
  );
}
