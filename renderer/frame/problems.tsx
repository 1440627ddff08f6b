import { X } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../shared/contract/settings.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import { plural } from '../ui/format.ts';
import { useSay } from '../ui/toasts.tsx';
import { routes } from './routes.ts';
import { Gate } from '../ui/gate.tsx';

/** What of the app's own does not work: one banner, the newest first, the rest on demand. */
export function Problems() {
  const problems = useFeed('problems.list') ?? [];
  const [all, setAll] = useState(false);
  const newestFirst = problems.toSorted((a, b) => b.at - a.at);
  const more = problems.length - 1;
  if (more < 0) return null;
  return (
    <section className="banner problems" data-role="attention" aria-label="Problems of the app">
      <span className="chip-glyph" aria-hidden="true">
        ▲
      </span>
      <div className="problems-list">
        {(all ? newestFirst : newestFirst.slice(0, 1)).map((problem) => (
          <ProblemLine key={problem.id} problem={problem} />
        ))}
        <p className="problems-foot">
          {more > 0 && (
            <button type="button" className="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show one' : plural(more, 'more', 'more')}
            </button>
          )}
          <a href={routes.settings.hash}>Settings</a>
        </p>
      </div>
    </section>
  );
}

function ProblemLine({ problem: { id, title, text } }: { readonly problem: Problem }) {
  const client = useClient();
  const say = useSay();
  const dismiss = (): void => {
    document.getElementById('content')?.focus({ preventScroll: true }); // the button goes with the problem
    client.call('problems.dismiss', { id }).catch((error: unknown) => {
      say('Not dismissed', error instanceof Error ? error.message : String(error), 'bad');
    });
  };
  return (
    <div className="problem">
      <p>
        <strong>{title}.</strong> {text}
      </p>
      <Gate call="problems.dismiss">
        <button type="button" className="icon-button" aria-label={`Dismiss: ${title}`} onClick={dismiss}>
          <X size={14} aria-hidden="true" />
        </button>
      </Gate>
    </div>
  );
}
