import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventQuery, LoggedEvent } from '../../shared/contract/events.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, pollOf, readingOf, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

function eventOf(id: number, rest: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    id,
    at: worldStart - 60_000 + id,
    kind: 'state',
    severity: 'info',
    profile: 'Demo',
    subject: 'vpn:status',
    title: `Event ${id}`,
    detail: null,
    ...rest,
  };
}

function eventsTo(newest: number): LoggedEvent[] {
  return Array.from({ length: newest }, (_, index) => eventOf(newest - index));
}

/** A main process with these events, newest first, that pages them as asked. */
class Log {
  readonly client: ScriptedClient;
  #events: readonly LoggedEvent[];

  constructor(events: readonly LoggedEvent[]) {
    this.#events = events;
    this.client = healthyClient()
      .answer('events.list', (query) => this.#answer(query))
      .answer('server.events', () => pollOf(readingOf({ events: [] })))
      .push('events.latest', events.slice(0, 20));
  }

  add(event: LoggedEvent): void {
    this.#events = [event, ...this.#events];
    this.client.push('events.latest', this.#events.slice(0, 20));
  }

  queries(): readonly EventQuery[] {
    return this.client.inputsOf('events.list') as readonly EventQuery[];
  }

  #answer({ kinds, severities, search, before, limit }: EventQuery) {
    const fit = this.#events.filter(
      (event) =>
        (before === null || event.id < before) &&
        (kinds?.includes(event.kind) ?? true) &&
        (severities?.includes(event.severity) ?? true) &&
        event.title.toLowerCase().includes(search.toLowerCase()),
    );
    return { events: fit.slice(0, limit), more: fit.length > limit };
  }
}

async function openEvents(log: Log) {
  const page = await openPage(log.client);
  await goToHash('#/events', page.pass);
  return page;
}

function titles(): readonly (string | null)[] {
  const table = screen.getByRole('table');
  return within(table)
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
}

function scrollTo(px: number): void {
  document.documentElement.scrollTop = px;
  window.dispatchEvent(new Event('scroll'));
}

describe('the Events page', () => {
  it('lists events newest first: time, kind, severity and subject in words', async () => {
    const bad = eventOf(2, { kind: 'vpn', severity: 'bad', title: 'VPN disconnected', at: worldStart });
    await openEvents(new Log([bad, eventOf(1, { subject: null })]));
    const [, first, second] = screen.getAllByRole('row');
    expect(first?.textContent).toBe('15 Jan 13:03:07CachedeckVPNSeriousVPN statusVPN disconnected');
    expect(second?.textContent).toContain('StateInfo—Event 1');
    expect(screen.getByRole('columnheader', { name: 'Time (UTC)' })).toBeTruthy();
  });

  it('opens what else is known of one, and copies it as a line with the time in UTC', async () => {
    const copied: string[] = [];
    const log = new Log([eventOf(1, { detail: 'Last 4 tries failed: timeout.' })]);
    const { user, pass } = await openEvents(log);
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text));
    const fold = screen.getByRole('button', { name: 'Details: Event 1' });
    expect(screen.queryByText('Last 4 tries failed: timeout.')).toBeNull();
    await user.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    const more = document.querySelector('.event-more');
    expect(more?.textContent).toContain('Last 4 tries failed: timeout.');
    expect(more?.textContent).toContain('Thu 15 Jan 2026 13:02:07 UTC');
    expect(more?.textContent).toContain('ProfileDemo');
    await user.click(screen.getByRole('button', { name: 'Copy: Event 1' }));
    await pass(50);
    expect(copied).toEqual([
      '2026-01-15T13:02:07.001Z · Info · State · VPN status · Event 1 · Last 4 tries failed: timeout. · Demo',
    ]);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
  });

  it('narrows by kind, severity and range in main, and shows everything again', async () => {
    const log = new Log([
      eventOf(3, { kind: 'vpn', severity: 'bad' }),
      eventOf(2, { kind: 'vpn' }),
      eventOf(1, { severity: 'bad' }),
    ]);
    const { user, pass } = await openEvents(log);
    expect(titles()).toEqual(['Event 3', 'Event 2', 'Event 1']);
    expect(log.queries()[0]).toEqual({
      kinds: null,
      severities: null,
      search: '',
      from: null,
      to: null,
      before: null,
      limit: 100,
    });
    await user.click(screen.getByRole('button', { name: 'VPN', pressed: false }));
    await pass(200);
    expect(titles()).toEqual(['Event 3', 'Event 2']);
    await user.click(screen.getByRole('button', { name: 'Serious' }));
    await pass(200);
    expect(titles()).toEqual(['Event 3']);
    await user.click(screen.getByRole('radio', { name: '1 h' }));
    await pass(200);
    const last = log.queries().at(-1);
    expect(last?.kinds).toEqual(['vpn']);
    expect(last?.severities).toEqual(['bad']);
    expect(Date.now() - (last?.from ?? 0)).toBeGreaterThanOrEqual(3_600_000);
    expect(Date.now() - (last?.from ?? 0)).toBeLessThan(3_601_000);
    await user.click(screen.getByRole('button', { name: 'Show everything' }));
    await pass(400);
    expect(titles()).toHaveLength(3);
  });

  it('searches once the typing has rested for 250 ms', async () => {
    const log = new Log([eventOf(2, { title: 'Cache cleared' }), eventOf(1)]);
    const { user, pass } = await openEvents(log);
    const before = log.queries().length;
    await user.type(screen.getByRole('searchbox', { name: 'Search events' }), 'CLEAR');
    expect(log.queries().slice(before)).toEqual([]);
    await pass(260);
    await pass(200);
    expect(titles()).toEqual(['Cache cleared']);
    const searched = log.queries().slice(before);
    expect(new Set(searched.map(({ search }) => search))).toEqual(new Set(['CLEAR']));
    await user.type(screen.getByRole('searchbox', { name: 'Search events' }), ' nothing like it');
    await pass(260);
    await pass(200);
    expect(screen.getByText(/No event fits/)).toBeTruthy();
  });

  it('loads older ones by hundreds, to the end', async () => {
    const log = new Log(eventsTo(150));
    const { user, pass } = await openEvents(log);
    expect(titles()).toHaveLength(100);
    await user.click(screen.getByRole('button', { name: 'Load older' }));
    await pass(200);
    expect(log.queries().at(-1)?.before).toBe(51);
    expect(titles()).toHaveLength(150);
    expect(titles().at(-1)).toBe('Event 1');
    expect(screen.getByText('That is all: 150 events.')).toBeTruthy();
  });

  it('puts a new event at the top, but not above what is being read', async () => {
    const log = new Log(eventsTo(150));
    const { user, pass } = await openEvents(log);
    log.add(eventOf(151));
    await pass(300);
    expect(titles()[0]).toBe('Event 151');
    expect(titles()).toHaveLength(101);
    scrollTo(900);
    for (const id of [152, 153, 154]) log.add(eventOf(id));
    await pass(300);
    expect(titles()[0]).toBe('Event 151');
    await user.click(screen.getByRole('button', { name: '3 new events' }));
    scrollTo(document.documentElement.scrollTop);
    await pass(100);
    expect(titles().slice(0, 2)).toEqual(['Event 154', 'Event 153']);
    expect(screen.queryByRole('button', { name: /new event/ })).toBeNull();
  });

  it('leaves a new event out that the filter leaves out', async () => {
    const log = new Log([eventOf(1, { kind: 'vpn' })]);
    const { user, pass } = await openEvents(log);
    await user.click(screen.getByRole('button', { name: 'VPN', pressed: false }));
    await pass(200);
    log.add(eventOf(2, { kind: 'demo' }));
    await pass(300);
    expect(titles()).toEqual(['Event 1']);
  });

  it('says that nothing happened yet, and that it cannot be asked', async () => {
    const empty = new Log([]);
    const { pass } = await openEvents(empty);
    expect(screen.getByText(/Nothing has happened yet/)).toBeTruthy();
    empty.add(eventOf(1));
    await pass(300);
    expect(titles()).toEqual(['Event 1']);
    closePage();

    const broken = new Log([]);
    broken.client.answer('events.list', () => {
      throw new RpcError('unavailable', 'The event log cannot be read.');
    });
    const { user, pass: later } = await openEvents(broken);
    expect(screen.getByText('Events could not be loaded:').parentElement?.textContent).toContain(
      'The event log cannot be read.',
    );
    broken.client.answer('events.list', () => ({ events: [eventOf(1)], more: false }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await later(200);
    expect(titles()).toEqual(['Event 1']);
    expect(screen.queryByText('Events could not be loaded:')).toBeNull();
  });
});

it('takes the word about news that could not be loaded back once they are', async () => {
  const log = new Log([eventOf(1)]);
  const { user, pass } = await openEvents(log);
  log.client.answer('events.list', () => {
    throw new RpcError('timeout', 'The event log took too long.');
  });
  log.client.push('events.latest', [eventOf(2), eventOf(1)]);
  await pass(300);
  expect(screen.getByText(/The event log took too long/)).toBeTruthy();
  expect(titles()).toEqual(['Event 1']);
  log.client.answer('events.list', () => ({ events: [eventOf(2), eventOf(1)], more: false }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await pass(300);
  expect(titles()).toEqual(['Event 2', 'Event 1']);
  expect(screen.queryByText('Events could not be loaded:')).toBeNull();
});

describe('the latest events on the Overview', () => {
  it('are five, and lead to the rest', async () => {
    await openPage(new Log(eventsTo(8)).client);
    const panel = within(screen.getByRole('region', { name: 'Latest events' }));
    expect(panel.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(
      [8, 7, 6, 5, 4].map((id) => `15 Jan 13:02:07StateInfoEvent ${id}`),
    );
    expect(panel.getByRole('link', { name: 'All events' }).getAttribute('href')).toBe('#/events');
  });
});
