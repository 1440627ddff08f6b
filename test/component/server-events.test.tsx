import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../shared/contract/events.ts';
import type { ServerEvent } from '../../shared/contract/fleet.ts';
import { serverEventOf } from '../support/fleet-world.ts';
import {
  demoProfile,
  failureOf,
  healthyClient,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  status,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

function own(id: number, at: number, rest: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    id,
    at,
    kind: 'state',
    severity: 'info',
    profile: 'Demo',
    subject: null,
    title: `Own ${id}`,
    detail: null,
    ...rest,
  };
}

function told(id: number, at: number, rest: Partial<ServerEvent> = {}): ServerEvent {
  return serverEventOf({ id, at, message: `Told ${id}`, ...rest });
}

function clientWith(events: readonly LoggedEvent[], server: readonly ServerEvent[]): ScriptedClient {
  return healthyClient()
    .answer('events.list', ({ kinds, before, limit }) => {
      const fit = events.filter(
        ({ id, kind }) => (before === null || id < before) && (kinds?.includes(kind) ?? true),
      );
      return { events: fit.slice(0, limit), more: fit.length > limit };
    })
    .answer('server.events', () => pollOf(readingOf({ events: [...server] })))
    .push('events.latest', events.slice(0, 20));
}

async function openEvents(client: ScriptedClient) {
  const page = await openPage(client);
  await goToHash('#/events', page.pass);
  return page;
}

function titles(): readonly (string | null)[] {
  return within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);
}

describe('the orchestrator’s events on the Events page', () => {
  it('stand among ours by time, told apart by source and by what they claim', async () => {
    const client = clientWith(
      [own(2, worldStart - 1000), own(1, worldStart - 5000)],
      [told(2, worldStart - 2000, { category: 'disconnected' }), told(1, worldStart - 9000)],
    );
    await openEvents(client);
    expect(titles()).toEqual(['Own 2', 'says: Told 2', 'Own 1', 'says: Told 1']);
    const [, , second] = screen.getAllByRole('row');
    expect(second?.textContent).toBe('15 Jan 13:03:05OrchestratorVPNAttention—says: Told 2');
  });

  it('keep ids that ours have too', async () => {
    const client = clientWith([own(4, worldStart - 1000)], [told(4, worldStart - 1000)]);
    await openEvents(client);
    expect(titles()).toEqual(['Own 4', 'says: Told 4']);
  });

  it('are left out, or alone, by source; a kind that only they have asks main for nothing', async () => {
    const client = clientWith(
      [own(1, worldStart - 1000)],
      [told(1, worldStart - 2000, { type: 'engine', category: 'created' }), told(2, worldStart - 3000)],
    );
    const { user, pass } = await openEvents(client);
    const source = within(screen.getByRole('group', { name: 'Source' }));
    await user.click(source.getByRole('button', { name: 'Cachedeck' }));
    await pass(200);
    expect(titles()).toEqual(['Own 1']);
    await user.click(source.getByRole('button', { name: 'Cachedeck' }));
    await user.click(source.getByRole('button', { name: 'Orchestrator' }));
    await pass(200);
    expect(titles()).toEqual(['says: Told 1', 'says: Told 2']);
    await user.click(source.getByRole('button', { name: 'Orchestrator' }));
    await pass(200);
    const asked = client.inputsOf('events.list').length;
    await user.click(screen.getByRole('button', { name: 'Engine' }));
    await pass(200);
    expect(titles()).toEqual(['says: Told 1']);
    expect(client.inputsOf('events.list')).toHaveLength(asked);
  });

  it('say what they are when opened', async () => {
    const { user } = await openEvents(
      clientWith([], [told(1, worldStart, { type: 'engine', engineId: 'f'.repeat(64) })]),
    );
    await user.click(screen.getByRole('button', { name: 'Details: Told 1' }));
    const more = document.querySelector('.event-more')?.textContent;
    expect(more).toContain('SubjectEngine ffffffffffff');
    expect(more).toContain('what it says it did, which is no proof; times by its own clock');
  });

  it('tell their age, and how far the clock that wrote them is off', async () => {
    const client = clientWith([own(1, worldStart)], [told(1, worldStart)]).answer('orchestrator.status', () =>
      pollOf(readingOf(status, { observedAt: worldStart - 1000 + 42_000 })),
    );
    await openEvents(client);
    const note = document.querySelector('.event-server')?.textContent;
    expect(note).toContain('Live');
    expect(note).toContain('The orchestrator’s clock is 42 s ahead of this computer’s');
  });

  it('stay when they cannot be read again, and that is said', async () => {
    const client = clientWith([], []).answer('server.events', () =>
      pollOf(
        readingOf({ events: [told(1, worldStart - 1000)] }, { failure: failureOf(), served: 'last-good' }),
      ),
    );
    await openEvents(client);
    expect(titles()).toEqual(['says: Told 1']);
    expect(document.querySelector('.event-server')?.textContent).toContain(
      'Not read again: timed out. The last ones are shown.',
    );
  });

  it('are not asked for where the profile has no orchestrator', async () => {
    const lab = profileOf({ orchestrator: null });
    const client = clientWith([own(1, worldStart)], [told(1, worldStart)]).push(
      'profiles.state',
      profilesOf({ profiles: [demoProfile, lab], active: lab.id }),
    );
    await openEvents(client);
    expect(titles()).toEqual(['Own 1']);
    expect(client.inputsOf('server.events')).toEqual([]);
    expect(screen.queryByRole('group', { name: 'Source' })).toBeNull();
  });

  it('wait at the top while someone reads further down', async () => {
    const server = [told(1, worldStart - 1000)];
    const client = clientWith([own(1, worldStart - 2000)], []).answer('server.events', () =>
      pollOf(readingOf({ events: [...server] })),
    );
    const { pass } = await openEvents(client);
    document.documentElement.scrollTop = 900;
    window.dispatchEvent(new Event('scroll'));
    server.unshift(told(2, worldStart + 4000));
    await pass(5300);
    expect(titles()).toEqual(['says: Told 1', 'Own 1']);
    expect(screen.getByRole('button', { name: '1 new event' })).toBeTruthy();
    document.documentElement.scrollTop = 0;
  });
});
