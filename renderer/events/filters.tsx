import { Search } from 'lucide-react';
import { eventKinds, severities } from '../../shared/model/events.ts';
import { isNarrowed, noFilter, ranges, toggled } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';
import { KindMark, OriginMark, SeverityMark } from './event-marks.tsx';
import { origins, serverKinds } from './shown-event.ts';

const maxSearch = 100;

interface Props {
  /** The profile has an orchestrator, which tells events of its own. */
  readonly server: boolean;
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}

/** What the list is narrowed to. Chips that are off leave nothing out: pressing the first one narrows. */
export function Filters({ server, filter, onChange }: Props) {
  const kinds = server ? [...eventKinds, ...serverKinds] : eventKinds;
  return (
    <section className="panel event-filters" aria-label="Filter events">
      <div className="event-filter-row">
        <label className="event-search">
          <Search size={14} aria-hidden="true" />
          <span className="visually-hidden">Search events</span>
          <input
            type="search"
            className="input"
            placeholder="Search title, details, subject or profile"
            maxLength={maxSearch}
            value={filter.search}
            onChange={({ target }) => onChange({ ...filter, search: target.value })}
          />
        </label>
        <fieldset className="segments">
          <legend className="visually-hidden">Range</legend>
          {ranges.map((range) => (
            <label key={range} className="segment">
              <input
                type="radio"
                name="range"
                className="visually-hidden"
                checked={filter.range === range}
                onChange={() => onChange({ ...filter, range })}
              />
              {range === 'all' ? 'All' : range}
            </label>
          ))}
        </fieldset>
        <fieldset className="toggles">
          <legend className="visually-hidden">Severity</legend>
          {severities.map((severity) => (
            <button
              key={severity}
              type="button"
              className="toggle"
              aria-pressed={filter.severities.includes(severity)}
              onClick={() => onChange({ ...filter, severities: toggled(filter.severities, severity) })}
            >
              <SeverityMark severity={severity} />
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="link-button event-reset"
          disabled={!isNarrowed(filter)}
          onClick={() => onChange(noFilter)}
        >
          Show everything
        </button>
      </div>
      {server && (
        <fieldset className="toggles">
          <legend className="visually-hidden">Source</legend>
          {origins.map((origin) => (
            <button
              key={origin}
              type="button"
              className="toggle"
              aria-pressed={filter.origins.includes(origin)}
              onClick={() => onChange({ ...filter, origins: toggled(filter.origins, origin) })}
            >
              <OriginMark origin={origin} />
            </button>
          ))}
        </fieldset>
      )}
      <fieldset className="toggles">
        <legend className="visually-hidden">Kind</legend>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="toggle"
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => onChange({ ...filter, kinds: toggled(filter.kinds, kind) })}
          >
            <KindMark kind={kind} />
          </button>
        ))}
      </fieldset>
    </section>
  );
}
