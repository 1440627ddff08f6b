import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ClientContext } from '../../renderer/live/client-context.ts';
import { DataTable } from '../../renderer/ui/table/data-table.tsx';
import type { Column } from '../../renderer/ui/table/data-table.tsx';
import { healthyClient } from '../support/page-world.ts';

afterEach(cleanup);

interface Row {
  readonly key: string;
}

const columns: readonly Column<Row>[] = [{ id: 'key', title: 'Key', names: true, cell: ({ key }) => key }];
const client = healthyClient();

function table(
  keys: readonly string[],
  onDelete: (row: Row) => void = () => {},
  selected: readonly string[] = [],
) {
  return (
    <ClientContext value={client}>
      <button type="button">Before</button>
      <DataTable
        label="Things"
        columns={columns}
        count={keys.length}
        rowAt={(index) => {
          const key = keys[index];
          return key === undefined ? undefined : { key };
        }}
        keyOf={({ key }) => key}
        nameOf={({ key }) => key}
        selection={{ selected: new Set(selected), toggle: () => {}, all: null }}
        onDelete={onDelete}
      />
    </ClientContext>
  );
}

const focused = (): string | undefined => document.activeElement?.querySelector('th')?.textContent;

describe('the rows of a table', () => {
  it('are one stop of Tab, and J, K, Home, End and the arrows go through them', async () => {
    const user = userEvent.setup();
    render(table(['a', 'b', 'c']));
    await user.click(screen.getByRole('button', { name: 'Before' }));
    await user.tab();
    expect(focused()).toBe('a');
    for (const [key, at] of [
      ['j', 'b'],
      ['{ArrowDown}', 'c'],
      ['j', 'c'],
      ['k', 'b'],
      ['{Home}', 'a'],
      ['{ArrowUp}', 'a'],
      ['{End}', 'c'],
    ] as const) {
      await user.keyboard(key);
      expect([key, focused()]).toEqual([key, at]);
    }
    expect(screen.getAllByRole('row').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it('keep the focus through another order, and Del means the row that has it', async () => {
    const user = userEvent.setup();
    const deleted: string[] = [];
    const onDelete = ({ key }: Row): void => void deleted.push(key);
    const { rerender } = render(table(['a', 'b', 'c'], onDelete));
    await user.click(screen.getByRole('button', { name: 'Before' }));
    await user.tab();
    await user.keyboard('j');
    rerender(table(['c', 'a', 'b'], onDelete));
    expect(focused()).toBe('b');
    await user.keyboard('{Delete}');
    expect(deleted).toEqual(['b']);
    await user.keyboard('k');
    expect(focused()).toBe('a');
  });

  it('leave the focus to the one in their place when they go away', async () => {
    const user = userEvent.setup();
    const { rerender } = render(table(['a', 'b', 'c']));
    await user.click(screen.getByRole('button', { name: 'Before' }));
    await user.tab();
    await user.keyboard('j');
    rerender(table(['a', 'c']));
    expect(focused()).toBe('c');
    rerender(table(['a']));
    expect(focused()).toBe('a');
  });

  it('take no focus that is elsewhere', async () => {
    const user = userEvent.setup();
    const { rerender } = render(table(['a', 'b', 'c']));
    await user.click(screen.getByRole('button', { name: 'Before' }));
    await user.tab();
    await user.tab({ shift: true });
    rerender(table(['c']));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Before' }));
  });

  it('tell how many they are and which are chosen', () => {
    render(table(['a', 'b'], undefined, ['b']));
    expect(screen.getByRole('grid', { name: 'Things' }).getAttribute('aria-rowcount')).toBe('3');
    expect(screen.getAllByRole('row', { selected: true }).map(({ textContent }) => textContent)).toEqual([
      'b',
    ]);
  });
});
