import { CircleArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { useFeed } from '../live/feed.ts';
import { remember, remembered } from '../live/remembered.ts';
import { Hint } from '../ui/hint.tsx';
import { newsText } from './words.ts';

/** Says quietly that there is a newer version, until it is put away for that version. Nothing is announced. */
export function UpdateLine({ settings }: { readonly settings: string }) {
  const state = useFeed('updates.state');
  const [putAway, setPutAway] = useState(() => remembered('update-seen'));
  const text = state ? newsText(state) : null;
  const version = state?.version ?? null;
  if (text === null || version === null || version === putAway) return null;
  return (
    <div className="rail-update">
      <Hint text={`${text}: see Settings`} repeats side="right">
        <a className="rail-link" href={settings}>
          <CircleArrowUp size={18} aria-hidden="true" />
          <span className="rail-word">{text}</span>
        </a>
      </Hint>
      <button
        type="button"
        className="icon-button"
        aria-label={`Put away: ${text}`}
        onClick={() => {
          document.getElementById('content')?.focus({ preventScroll: true }); // the button goes with the line
          remember('update-seen', version);
          setPutAway(version);
        }}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
