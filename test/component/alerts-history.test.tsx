import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../shared/contract/alerts.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { alertOf, alertsOf, messageOf, recordOf } from '../support/alert-world.ts';
import { catchDownloads, chooseFormat, settle } from '../support/export-page.ts';
import { healthyClient, worldStart } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

/** A main process with these records, newest first, that pages them as asked. */
class Kept {
  readonly client: ScriptedClient;
  records: readonly AlertRecord[];

  constructor(records: readonly AlertRecord[]) {
    this.records = records;
    this.client = healthyClient().answer('alerts.history', ({ before, limit }) => {
      const fit = this.records.filter(({ id }) => before === null || id < before);
      return { records: fit.slice(0, limit), more: fit.length > limit };
    });
  }
}

function recordsTo(newest: number): AlertRecord[] {
  return Array.from({ length: newest }, (_, index) =>
    recordOf({ id: newest - index, at: worldStart - index, title: `Record ${newest - index}` }),
  );
}

async function openHistory(kept: Kept) {
  const page = await openPage(kept.client);
  await goToHash('#/alerts/history', page.pass);
  return page;
}

function rows(): readonly (string | null)[] {
  return [...document.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
}

function titles(): readonly (string | null)[] {
  return [...document.querySelectorAll('.record-title')].map(({ textContent }) => textContent);
}

describe('the alert history', () => {
  it('lists by days, each with its kind in words and how it was told', async () => {
    const day = 86_400_000;
    await openHistory(
      new Kept([
        recordOf({ id: 6, at: worldStart, severity: 'bad', delivery: 'Notification shown', detail: 'Fact.' }),
        recordOf({ id: 5, at: worldStart, kind: 'fired', detail: null, delivery: null }),
        recordOf({
          id: 4,
          at: worldStart - day,
          kind: 'withheld',
          detail: 'Held: quiet hours',
          delivery: null,
        }),
        recordOf({ id: 3, at: worldStart - day, kind: 'resolved', detail: null, delivery: null }),
        recordOf({
          id: 2,
          at: worldStart - day,
          kind: 'snoozed',
          severity: 'info',
          detail: null,
          delivery: null,
        }),
        recordOf({
          id: 1,
          at: worldStart - day,
          kind: 'unsnoozed',
          severity: 'info',
          detail: null,
          delivery: null,
        }),
      ]),
    );
    expect(rows()).toEqual([
      'Thu 15 Jan 2026',
      '13:03:07ToldSeriousVPN status is staleFact.Notification shownDemo',
      '13:03:07FiredAttentionVPN status is staleDemo',
      'Wed 14 Jan 2026',
      '13:03:07Not toldAttentionVPN status is staleHeld: quiet hoursDemo',
      '13:03:07ResolvedAttentionVPN status is staleDemo',
      '13:03:07SnoozedInfoVPN status is staleDemo',
      '13:03:07Snooze endedInfoVPN status is staleDemo',
    ]);
    expect(screen.getByRole('columnheader', { name: 'Time (UTC)' })).toBeTruthy();
    expect(screen.getByText('That is all: 6 lines.')).toBeTruthy();
  });

  it('loads older ones by hundreds, to the end', async () => {
    const { user, pass } = await openHistory(new Kept(recordsTo(150)));
    expect(titles()).toHaveLength(100);
    await user.click(screen.getByRole('button', { name: 'Load older' }));
    await pass(300);
    expect(titles()).toHaveLength(150);
    expect(titles().at(-1)).toBe('Record 1');
  });

  it('comes up to date when an alert or a message is pushed, and with what became of the message', async () => {
    const kept = new Kept(recordsTo(1));
    const { pass } = await openHistory(kept);
    const asked = (): number => kept.client.inputsOf('alerts.history').length;
    const before = asked();
    kept.records = [recordOf({ id: 2, at: worldStart, kind: 'fired', title: 'Fired now' }), ...kept.records];
    kept.client.push('alerts.state', alertsOf({ active: [alertOf({ since: worldStart })] }));
    await pass(300);
    expect(titles()).toEqual(['Fired now', 'Record 1']);
    expect(asked()).toBe(before + 1);
    await pass(3000);
    expect(asked()).toBe(before + 2);
    const told = recordOf({ id: 3, at: worldStart, title: 'Told now', delivery: 'Notification sent' });
    kept.records = [told, ...kept.records];
    kept.client.push('alerts.messages', [messageOf({ id: 7 })]);
    await pass(300);
    expect(rows()[1]).toContain('Notification sent');
    kept.records = [{ ...told, delivery: 'Notification shown' }, ...kept.records.slice(1)];
    await pass(2500);
    expect(rows()[1]).toContain('Notification shown');
  });

  it('asks for nothing when only the sentence about an alert changes', async () => {
    const kept = new Kept(recordsTo(1));
    const alert = alertOf({ since: worldStart });
    kept.client.push('alerts.state', alertsOf({ active: [alert] }));
    const { pass } = await openHistory(kept);
    const before = kept.client.inputsOf('alerts.history').length;
    kept.client.push(
      'alerts.state',
      alertsOf({ active: [{ ...alert, detail: 'Last good value 55 s ago.' }] }),
    );
    await pass(5000);
    expect(kept.client.inputsOf('alerts.history')).toHaveLength(before);
  });

  it('exports all of it, not only what is shown, by the largest pages', async () => {
    const downloads = catchDownloads();
    const kept = new Kept([
      recordOf({ id: 451, at: worldStart, kind: 'withheld', detail: null, delivery: null, title: 'A, b' }),
      ...recordsTo(450),
    ]);
    const { pass } = await openHistory(kept);
    await settle(pass);
    expect(titles()).toHaveLength(100);
    fireEvent.click(screen.getByRole('button', { name: 'Export Alert history' }));
    await pass(300);
    await chooseFormat(/^CSV/, pass);
    downloads.restore();
    expect(downloads.names).toEqual([expect.stringMatching(/^cachedeck-alerts-demo-.*\.csv$/)]);
    const [head, first, ...rest] = ((await downloads.files[0]?.text()) ?? '').split('\r\n');
    expect(head).toBe('Time (ISO 8601),What,Severity,Alert,Details,How it was told,Keys,Profile');
    expect(first).toBe(
      '2026-01-15T13:03:07.000+00:00,Not told,Attention,"A, b",,,demo/stale/vpn:status,Demo',
    );
    expect(rest).toHaveLength(451);
    expect(rest.at(-2)).toContain('Record 1,');
    expect(kept.client.inputsOf('alerts.history').slice(-3)).toEqual([
      { before: null, limit: 200 },
      { before: 252, limit: 200 },
      { before: 52, limit: 200 },
    ]);
  });

  it('says that there is none, and why it cannot be had', async () => {
    await openHistory(new Kept([]));
    expect(screen.getByText(/Nothing yet/)).toBeTruthy();
    closePage();

    const broken = new Kept(recordsTo(1));
    broken.client.answer('alerts.history', () => {
      throw new RpcError('unavailable', 'The disk is full.');
    });
    const { user, pass } = await openHistory(broken);
    const panel = within(screen.getByRole('tabpanel', { name: /History/ }));
    expect(panel.getByText(/The disk is full/)).toBeTruthy();
    broken.client.answer('alerts.history', () => ({ records: recordsTo(1), more: false }));
    await user.click(panel.getByRole('button', { name: 'Try again' }));
    await pass(300);
    expect(titles()).toEqual(['Record 1']);
    expect(panel.queryByText(/The disk is full/)).toBeNull();
  });
});
