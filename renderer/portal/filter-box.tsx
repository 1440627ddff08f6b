import { Search } from 'lucide-react';

const maxSearch = 100;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FilterBox({ label, value, onChange }: Props) {
  return (
    <label className="portal-filter">
      <Search size={14} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
      <input
        type="search"
        className="input"
        placeholder="Filter"
        maxLength={maxSearch}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

/** The items one of whose words contains what was typed, whatever the case. */
export function filtered<T>(
  items: readonly T[],
  typed: string,
  wordsOf: (item: T) => readonly (string | null)[],
): readonly T[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return items;
  return items.filter((item) => wordsOf(item).some((word) => word?.toLowerCase().includes(wanted)));
}
