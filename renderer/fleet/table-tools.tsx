import { Search } from 'lucide-react';
import type { ReactNode } from 'react';

const longest = 200;

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** "12 of 1 000 engines". */
  readonly count: string;
  readonly children?: ReactNode;
}

/** What stands over a table: the filter, how many fit, and what can be done. */
export function TableTools({ label, placeholder, value, onChange, count, children }: Props) {
  return (
    <div className="explorer-head">
      <label className="event-search table-filter">
        <Search size={14} aria-hidden="true" />
        <span className="visually-hidden">{label}</span>
        <input
          type="search"
          className="input"
          placeholder={placeholder}
          maxLength={longest}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
      <output className="explorer-count">{count}</output>
      {children}
    </div>
  );
}
