import '../styles/pages/tuning.css';
import { useRef, useState } from 'react';
import type { Advice } from '../../shared/contract/tuning.ts';
import { remember, remembered } from '../live/remembered.ts';
import { plural } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import type { TuningState } from './tuning.ts';
import { WarmingLine } from './warming-line.tsx';

const hiddenName = 'hidden-advice';
/** Of what was hidden; the oldest are forgotten. */
const mostHidden = 200;

interface Props {
  readonly data: TuningState | undefined;
  readonly error: Error | null;
}

/** What could be set otherwise, and what was loaded ahead. It only suggests. */
export function AdvicePanel({ data, error }: Props) {
  return (
    <Panel title="Advice" className="advice">
      {data ? (
        <>
          <AdviceList advice={data.advice} />
          <WarmingLine warming={data.warming} />
        </>
      ) : (
        <p className="empty advice-empty">
          {error ? `The advice could not be read: ${error.message}` : 'Asking what could be set otherwise…'}
        </p>
      )}
    </Panel>
  );
}

/** What was hidden stays so in this browser, as long as it is the same suggestion. */
function AdviceList({ advice }: { readonly advice: readonly Advice[] }) {
  const [hidden, setHidden] = useState(hiddenIds);
  const said = useRef<HTMLParagraphElement>(null);
  const shown = advice.filter(({ id }) => !hidden.includes(id));
  const away = advice.length - shown.length;
  const keep = (ids: readonly string[]): void => {
    setHidden(ids);
    remember(hiddenName, JSON.stringify(ids));
    said.current?.focus(); // the button is gone with what it hid
  };
  return (
    <>
      {shown.length > 0 && (
        <ul className="advice-list">
          {shown.map(({ id, text }) => (
            <li key={id}>
              <p>
                {text} <a href="#/settings/caching">Open setting</a>
              </p>
              <button
                type="button"
                className="button small"
                aria-label={`Hide: ${text}`}
                onClick={() => keep([...hidden, id].slice(-mostHidden))}
              >
                Hide
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="advice-foot">
        <p ref={said} tabIndex={-1} className="muted">
          {countWords(shown.length, away)}
        </p>
        {away > 0 && (
          <button
            type="button"
            className="button small"
            onClick={() => keep(hidden.filter((one) => !advice.some(({ id }) => id === one)))}
          >
            Show hidden
          </button>
        )}
      </div>
    </>
  );
}

function countWords(shown: number, away: number): string {
  const hidden = away > 0 ? ` ${away} hidden in this browser.` : '';
  if (shown === 0) return `Nothing to suggest.${hidden}`;
  return `${plural(shown, 'suggestion', 'suggestions')}; nothing is changed by itself.${hidden}`;
}

function hiddenIds(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(remembered(hiddenName) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // somebody else wrote it
  }
}
