/** What the focus can be on in a row: the row itself, or the first thing in it that can be pressed. */
const stops = 'button:not(:disabled), a[href], input:not(:disabled)';

function stopOf(row: HTMLTableRowElement): HTMLElement | null {
  if (row.tabIndex >= 0 || row.hasAttribute('tabindex')) return row;
  return row.querySelector<HTMLElement>(stops);
}

function stopsOf(table: Element): readonly HTMLElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>('tbody > tr')].flatMap((row) => stopOf(row) ?? []);
}

/**
 * Goes to the next or the previous row of the table that has the focus, or into the first table of the page whose rows
 * can take it. False: there is none. Long tables have the same keys of their own.
 */
export function goToRow(step: 1 | -1): boolean {
  const focused = document.activeElement;
  const table = focused?.closest('main table');
  if (table) {
    const rows = stopsOf(table);
    const at = rows.findIndex((stop) => stop === focused || stop.closest('tr')?.contains(focused));
    return goTo(rows[at + step] ?? rows[at]);
  }
  for (const one of document.querySelectorAll('main table')) {
    const rows = stopsOf(one);
    if (rows.length > 0) return goTo(rows.find(({ tabIndex }) => tabIndex === 0) ?? rows[0]);
  }
  return false;
}

function goTo(stop: HTMLElement | undefined): boolean {
  stop?.focus();
  return stop !== undefined;
}
