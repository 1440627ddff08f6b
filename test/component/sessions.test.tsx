import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InspectedSession } from '../../shared/contract/sessions.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { sessionFields } from '../../shared/model/sessions.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, profileOf, profilesOf, worldStart } from '../support/page-world.ts';
import {
  customer,
  engineer,
  portalStateOf,
  sessionStatistics,
  userSessionOf,
} from '../support/portal-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

const region = (name: string): HTMLElement => screen.getByRole('region', { name });
const field = (name: string): HTMLElement => screen.getByRole('listitem', { name });
const nothing = {
  ...sessionStatistics,
  hits: 0,
  misses: 0,
  coalesced: 0,
  loads: 0,
  callsSaved: 0,
  savedMs: 0,
  hitMs: { n: 0, p50: 0, p95: 0 },
  loadMs: { n: 0, p50: 0, p95: 0 },
};
const timedOut = { code: 'timeout' as const, message: 'The portal did not answer within 30 s.' };

function inspectedOf(changes: Partial<Record<SessionField, object>> = {}): InspectedSession {
  return {
    user: customer,
    email: 'carl@customer.example',
    fields: sessionFields.map((name, index) => ({
      field: name,
      present: true,
      age: 60_000 * (index + 1),
      expiresIn: 86_400_000 - 60_000 * (index + 1),
      bytes: 100,
      source: `GET /call/${index}`,
      loading: false,
      failure: null,
      json: `{\n  "n": ${index}\n}`,
      ...changes[name],
    })),
  };
}

function sessionsClient(): ScriptedClient {
  return healthyClient()
    .answer('sessions.inspect', () => inspectedOf())
    .answer('sessions.checkIsolation', () => ({
      ok: true,
      users: 2,
      sentence: '2 users checked in memory: nobody has anything of another.',
    }));
}

async function openSessions(client: ScriptedClient) {
  const page = await openPage(client);
  await goToHash('#/sessions', page.pass);
  await page.pass(200);
  return page;
}

async function openInspector(client: ScriptedClient) {
  const page = await openSessions(client);
  await page.user.click(screen.getByRole('button', { name: 'Inspect c•••r@customer.example' }));
  await page.pass(200);
  return page;
}

describe('the list of sessions', () => {
  it('has each user masked, with fields, times, size and what was saved', async () => {
    const second = userSessionOf({
      user: engineer,
      masked: 'e•••r@engineers.example',
      present: 5,
      restored: true,
      statistics: nothing,
    });
    const client = sessionsClient().answer('sessions.list', () => ({
      users: [userSessionOf({ cachedAt: worldStart - 3_600_000 }), second],
      total: sessionStatistics,
      bytes: 50_000,
    }));
    const { pass } = await openSessions(client);
    const [, first, other] = within(region('Sessions by user')).getAllByRole('row');
    expect(first?.textContent).toContain('c•••r@customer.example');
    expect(first?.textContent).toContain('15 Jan 12:03:07');
    expect(first?.textContent).toContain('24.4 KiB12 of 18133.6 s');
    expect(screen.getByRole('meter', { name: 'Fields of c•••r@customer.example' }).ariaValueText).toBe('7/7');
    expect(other?.textContent).toContain('from an earlier run');
    expect(other?.textContent).toContain('5/7');
    expect(first?.textContent).toMatch(/2(3 h 00|2 h 59) min/);
    await pass(120_000);
    expect(first?.textContent).toMatch(/2(3 h 00|2 h 59) min/); // told anew each 5 s
    expect(document.body.textContent).not.toContain('carl@');
  });

  it('totals have their formulas, and no rate without lookups', async () => {
    const client = sessionsClient();
    const { pass } = await openSessions(client);
    const totals = region('All sessions together');
    expect(totals.textContent).toContain('67 %n 18 · few samples');
    expect(within(totals).getByRole('button', { name: 'Calls saved' }).getAttribute('aria-description')).toBe(
      'Lookups − loads, never below 0. Every lookup without a store would have been a call to the portal.',
    );
    client.answer('sessions.list', () => ({ users: [], total: nothing, bytes: 0 }));
    await pass(5200);
    expect(totals.textContent).toContain('—no lookups yet');
    expect(totals.textContent).not.toContain('0 %');
  });

  it('says that nothing is kept, that there is no portal, and that it could not be read', async () => {
    const client = sessionsClient().answer('sessions.list', () => ({ users: [], total: nothing, bytes: 0 }));
    const { pass, user } = await openSessions(client);
    expect(region('Users').textContent).toContain('Nothing is kept of anybody yet.');
    client.push('portal.state', portalStateOf({ connected: false, url: null, users: [] }));
    await pass(200);
    expect(region('Users').textContent).toContain('This profile has no portal');
    const clearAll = screen.getByRole('button', { name: /Clear all sessions/ });
    expect(clearAll.ariaDisabled).toBe('true');
    await user.click(clearAll);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    closePage();
    const broken = sessionsClient().answer('sessions.list', () => {
      throw new RpcError('unavailable', 'The store is closed.');
    });
    await openSessions(broken);
    expect(screen.getByText('The sessions could not be read:').parentElement?.textContent).toContain(
      'The store is closed.',
    );
  });
});

describe('the inspector', () => {
  it('has every field with age, time left, size, call and JSON to copy; the address in full', async () => {
    const copied: string[] = [];
    const { user, pass } = await openInspector(sessionsClient());
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text));
    expect(screen.getByRole('dialog', { name: 'Session of carl@customer.example' })).toBeTruthy();
    expect(screen.getAllByRole('listitem', { name: /./ }).length).toBeGreaterThanOrEqual(7);
    const endpoints = field('Endpoints');
    for (const text of ['Kept', '4 min 0 s old', 'expires in 23 h 56 min', '100 B', 'GET /call/3']) {
      expect(endpoints.textContent).toContain(text);
    }
    await user.click(within(endpoints).getByText('JSON'));
    await user.click(within(endpoints).getByRole('button', { name: 'Copy the JSON of Endpoints' }));
    await pass(50);
    expect(copied).toEqual(['{\n  "n": 3\n}']);
  });

  it('tells a field that failed from one that is not kept', async () => {
    const gone = { present: false, age: null, expiresIn: null, bytes: 0, json: null };
    const client = sessionsClient().answer('sessions.inspect', () =>
      inspectedOf({
        zones: { failure: timedOut },
        endpoints: { ...gone, failure: timedOut },
        business_units: gone,
        environments_list: { loading: true },
      }),
    );
    await openInspector(client);
    expect(field('Zones').textContent).toContain('Last refresh failed · timed out');
    expect(field('Zones').textContent).toContain('7 min 0 s old');
    expect(field('Endpoints').textContent).toContain('Not loaded · timed out');
    expect(field('Endpoints').textContent).toContain(timedOut.message);
    expect(field('Business units').textContent).toContain('Not kept');
    expect(field('Business units').textContent).toContain('the next look at it asks the portal');
    expect(field('Environments').textContent).toContain('Loading');
  });

  it('refreshes one field, and says inline what went wrong', async () => {
    const client = sessionsClient().answer('sessions.refreshField', () => ({}));
    const { user, pass } = await openInspector(client);
    const before = client.inputsOf('sessions.inspect').length;
    await user.click(screen.getByRole('button', { name: 'Refresh Zones' }));
    await pass(300);
    expect(client.inputsOf('sessions.refreshField')).toEqual([{ user: customer, field: 'zones' }]);
    expect(client.inputsOf('sessions.inspect').length).toBeGreaterThan(before);
    client.answer('sessions.refreshField', () => {
      throw new RpcError('unauthorized', 'This user needs to sign in again.');
    });
    await user.click(screen.getByRole('button', { name: 'Refresh Zones' }));
    await pass(300);
    expect(field('Zones').textContent).toContain('This user needs to sign in again.');
    expect(field('Endpoints').textContent).not.toContain('sign in');
  });

  it('refreshes all', async () => {
    const client = sessionsClient().answer('sessions.refresh', () => ({}));
    const { user, pass } = await openInspector(client);
    await user.click(screen.getByRole('button', { name: 'Refresh all' }));
    await pass(300);
    expect(client.inputsOf('sessions.refresh')).toEqual([{ user: customer }]);
    expect(screen.getByText(/Every field was loaded anew/)).toBeTruthy();
  });

  it('clears the session after a question, and closes', async () => {
    const client = sessionsClient().answer('sessions.clear', () => ({ removed: 7 }));
    const { user, pass } = await openInspector(client);
    await user.click(screen.getByRole('button', { name: 'Clear session…' }));
    await pass(100);
    const question = within(screen.getByRole('alertdialog', { name: 'Clear this session?' }));
    expect(client.inputsOf('sessions.clear')).toEqual([]);
    await user.click(question.getByRole('button', { name: 'Clear session' }));
    await pass(300);
    expect(client.inputsOf('sessions.clear')).toEqual([{ user: customer }]);
    expect(screen.queryByRole('dialog', { name: /Session of/ })).toBeNull();
    expect(screen.getAllByText('7 fields of c•••r@customer.example removed.').length).toBeGreaterThan(0);
  });

  it('shows nothing more of somebody who is not known any more', async () => {
    const client = sessionsClient();
    const { pass } = await openInspector(client);
    client.answer('sessions.inspect', () => {
      throw new RpcError('not-found', 'Nothing is known of this user.');
    });
    await pass(5500);
    const dialog = screen.getByRole('dialog', { name: 'Session of c•••r@customer.example' });
    expect(dialog.textContent).toContain('Nothing is known of this user.');
    expect(screen.queryByRole('listitem', { name: 'Zones' })).toBeNull();
  });
});

describe('clearing all sessions', () => {
  it('takes holding the button, and repeats main’s count', async () => {
    const client = sessionsClient().answer('sessions.clearAll', () => ({ removed: 14 }));
    const { user, pass } = await openSessions(client);
    await user.click(screen.getByRole('button', { name: 'Clear all sessions…' }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('the sessions of 1 user of profile Demo');
    const hold = within(dialog).getByRole('button', { name: 'Hold to clear' });
    fireEvent.pointerDown(hold);
    await pass(600);
    fireEvent.pointerUp(hold);
    await pass(1500);
    expect(client.inputsOf('sessions.clearAll')).toEqual([]);
    fireEvent.pointerDown(hold);
    await pass(1500);
    expect(client.inputsOf('sessions.clearAll')).toEqual([{}]);
    expect(screen.getAllByText('14 fields removed.').length).toBeGreaterThan(0);
  });

  it('of a production profile takes its name', async () => {
    const client = sessionsClient().answer('sessions.clearAll', () => ({ removed: 14 }));
    client.push('profiles.state', profilesOf({ profiles: [profileOf({ production: true })], active: 'lab' }));
    const { user, pass } = await openSessions(client);
    await user.click(screen.getByRole('button', { name: 'Clear all sessions…' }));
    await pass(100);
    const dialog = within(screen.getByRole('alertdialog'));
    const button = dialog.getByRole<HTMLButtonElement>('button', { name: 'Clear' });
    expect(button.disabled).toBe(true);
    await user.type(dialog.getByRole('textbox', { name: /Type its name, Lab/ }), 'Lab');
    await user.click(button);
    await pass(300);
    expect(client.inputsOf('sessions.clearAll')).toEqual([{}]);
  });
});

describe('the isolation check', () => {
  it('says what it found, and looks again when told to', async () => {
    const client = sessionsClient();
    const { user, pass } = await openSessions(client);
    expect(region('Isolation').textContent).toContain('Isolated');
    expect(region('Isolation').textContent).toContain('2 users checked in memory');
    client.answer('sessions.checkIsolation', () => ({
      ok: false,
      users: 2,
      sentence: 'Not isolated: two users share a value.',
    }));
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await pass(300);
    expect(region('Isolation').textContent).toContain('✕Not isolated');
    expect(region('Isolation').textContent).toContain('two users share a value');
    client.answer('sessions.checkIsolation', () => {
      throw new RpcError('internal', 'The files could not be read.');
    });
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await pass(300);
    expect(region('Isolation').textContent).toContain('?Unknown');
    expect(region('Isolation').textContent).toContain('The files could not be read.');
  });
});
