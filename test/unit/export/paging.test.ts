import { describe, expect, it } from 'vitest';
import { allEntries } from '../../../renderer/cache/use-entries.ts';
import { noFilter } from '../../../renderer/events/event-filter.ts';
import { allEvents } from '../../../renderer/events/use-event-list.ts';
import type { EntryQuery } from '../../../shared/contract/explorer.ts';
import type { EventQuery, LoggedEvent } from '../../../shared/contract/events.ts';
import { cacheEntryOf, entryPageOf } from '../../support/explorer-world.ts';
import { ScriptedClient } from '../../support/scripted-client.ts';

const order = { filter: 'vpn', sort: 'bytes', descending: true } as const;

function clientOfEntries(count: number): ScriptedClient {
  const all = Array.from({ length: count }, (_, n) => cacheEntryOf({ key: `key ${n}` }));
  return new ScriptedClient().answer('cache.entries', ({ offset, limit }: EntryQuery) => ({
    ...entryPageOf(all.slice(offset, offset + limit), 0),
    matching: count,
  }));
}

describe('all entries that fit', () => {
  it('are asked page by page in the order that is shown', async () => {
    const client = clientOfEntries(450);
    const rows = await allEntries(client, order, 100_001);
    expect(rows.map(({ entry }) => entry.key)).toEqual(Array.from({ length: 450 }, (_, n) => `key ${n}`));
    expect(client.inputsOf('cache.entries')).toEqual(
      [0, 200, 400].map((offset) => ({ ...order, offset, limit: 200 })),
    );
  });

  it('stop where enough are there', async () => {
    const client = clientOfEntries(5000);
    expect(await allEntries(client, order, 300)).toHaveLength(300);
    expect(client.inputsOf('cache.entries')).toHaveLength(2);
  });

  it('have one once that moved to the next page meanwhile', async () => {
    const keys = (names: readonly number[]) =>
      entryPageOf(
        names.map((n) => cacheEntryOf({ key: `key ${n}` })),
        0,
      );
    const numbers = Array.from({ length: 200 }, (_, n) => n);
    const client = new ScriptedClient().answer('cache.entries', ({ offset }) =>
      offset === 0 ? keys(numbers) : keys([199, 200]),
    );
    expect(await allEntries(client, order, 1000)).toHaveLength(201);
  });
});

function event(id: number): LoggedEvent {
  return {
    id,
    at: id * 1000,
    kind: 'state',
    severity: 'info',
    profile: 'Demo',
    subject: null,
    title: `event ${id}`,
    detail: null,
  };
}

describe('all events that fit', () => {
  it('are asked from the newest to the oldest, with the filter of the page', async () => {
    const client = new ScriptedClient().answer('events.list', ({ before, limit }: EventQuery) => {
      const newest = before === null ? 450 : before - 1;
      const count = Math.min(limit, newest);
      return { events: Array.from({ length: count }, (_, n) => event(newest - n)), more: newest > limit };
    });
    const filter = { ...noFilter, kinds: ['state'], search: 'event' } as const;
    const rows = await allEvents(client, filter, 100_001);
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 450 }, (_, n) => 450 - n));
    const asked = client.inputsOf('events.list') as EventQuery[];
    expect(asked.map(({ before }) => before)).toEqual([null, 251, 51]);
    expect(
      asked.every(
        ({ kinds, search, limit }) => kinds?.[0] === 'state' && search === 'event' && limit === 200,
      ),
    ).toBe(true);
    expect(await allEvents(client, noFilter, 250)).toHaveLength(250);
  });
});
