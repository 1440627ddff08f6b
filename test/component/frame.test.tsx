import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { RefreshProgress } from '../../shared/contract/app.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, pollingOf, vpnOf, worldStart } from '../support/page-world.ts';
import { reading } from '../support/readings.ts';
import { closePage, openPage } from '../support/render-page.tsx';

afterEach(closePage);

const finished: RefreshProgress = {
  running: false,
  startedAt: worldStart,
  finishedAt: worldStart + 400,
  items: [
    { key: 'orchestrator:status', state: 'ok', ms: 182, message: null },
    { key: 'vpn:status', state: 'failed', ms: null, message: 'No reply within 4.5 s.' },
  ],
  changes: ['engines 7 → 8', 'exit IP changed'],
};

describe('polling', () => {
  it('asks again at main’s next tick and no sooner', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    expect(client.inputsOf('vpn.status')).toHaveLength(1);
    await pass(4800);
    expect(client.inputsOf('vpn.status')).toHaveLength(1);
    await pass(200);
    expect(client.inputsOf('vpn.status')).toHaveLength(2);
    await pass(50_000);
    expect(client.inputsOf('vpn.status')).toHaveLength(12);
  });

  it('asks at once when the interval has become shorter, and at its ticks from then on', async () => {
    let interval = 60_000;
    const client = healthyClient();
    client.push('polling.state', pollingOf({ pollMs: interval }));
    client.answer('vpn.status', () => ({
      reading: reading(vpnOf()),
      nextTickInMs: interval - (Date.now() % interval),
      now: Date.now(),
    }));
    const { pass } = await openPage(client);
    await pass(60_000);
    const asked = client.inputsOf('vpn.status').length;
    await pass(20_000);
    expect(client.inputsOf('vpn.status')).toHaveLength(asked);
    interval = 5000;
    client.push('polling.state', pollingOf({ pollMs: interval }));
    await pass(1000);
    expect(client.inputsOf('vpn.status')).toHaveLength(asked + 1);
    client.push('polling.state', pollingOf({ pollMs: interval, callsPerMinute: 1 }));
    await pass(20_000);
    expect(client.inputsOf('vpn.status')).toHaveLength(asked + 5);
  });

  it('asks again at the next interval after a call that failed', async () => {
    const client = healthyClient().answer('vpn.status', () => {
      throw new RpcError('internal', 'Something broke.');
    });
    const { pass } = await openPage(client);
    await pass(21_000);
    expect(client.inputsOf('vpn.status')).toHaveLength(5);
    expect(screen.getByRole('region', { name: 'VPN' }).textContent).toContain('Something broke.');
  });
});

describe('the link to main', () => {
  it('says when main does not answer, and keeps values and ages', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    client.setLink('lost');
    await pass(35_000);
    expect(screen.getByText('Cachedeck’s main process is not answering.').parentElement?.textContent).toMatch(
      /Values below are from \d\d:\d\d:\d\d/,
    );
    expect(screen.getByTestId('overall').textContent).toContain('Not connected');
    expect(screen.getByRole('button', { name: 'Tray: Cachedeck: Not connected' })).toBeTruthy();
    const vpn = screen.getByRole('region', { name: 'VPN' });
    expect(vpn.textContent).toContain('203.0.113.24');
    expect(vpn.textContent).toContain('Stale · 36 s old');
    client.setLink('open');
    await pass(300);
    expect(vpn.textContent).toContain('Live · just now');
    expect(screen.queryByText(/is not answering/)).toBeNull();
  });

  it('says how to sign in', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    client.setLink('signed-out');
    await pass(100);
    expect(screen.getByText(/Press Enter in the terminal/)).toBeTruthy();
  });
});

describe('Force refresh', () => {
  it('shows progress, then each source’s result and one line', async () => {
    const client = healthyClient();
    let finish: (value: RefreshProgress) => void = () => {};
    client.answer('refresh.force', () => new Promise((resolve) => (finish = resolve)));
    const { pass } = await openPage(client);
    fireEvent.click(screen.getByRole('button', { name: /^Force refresh/ }));
    await pass(100);
    client.push('refresh.progress', {
      ...finished,
      running: true,
      items: [
        { key: 'stats:total', state: 'ok', ms: 182, message: null },
        { key: 'vpn:status', state: 'running', ms: null, message: null },
      ],
    });
    await pass(100);
    expect(screen.getByRole('button', { name: 'Refreshing 1 of 2' })).toBeTruthy();
    expect(screen.getByText('ok 182 ms')).toBeTruthy();
    client.push('refresh.progress', finished);
    finish(finished);
    await pass(100);
    expect(screen.getByText('failed: No reply within 4.5 s.')).toBeTruthy();
    // What is another than before is main's word.
    expect(screen.getByText('1 refreshed, 1 failed · engines 7 → 8 · exit IP changed')).toBeTruthy();
  });

  it('asks for what the page shows by R and for everything by Shift R, 2 s apart', async () => {
    const client = healthyClient().answer('refresh.force', () => finished);
    const { user, pass } = await openPage(client);
    await user.keyboard('r');
    await user.keyboard('r');
    expect(client.inputsOf('refresh.force')).toHaveLength(1);
    await pass(2100);
    await user.keyboard('{Shift>}R{/Shift}');
    expect(client.inputsOf('refresh.force').at(-1)).toEqual({ resources: 'all' });
  });
});

describe('Clear cache', () => {
  it('names scope and cost, and tells the real count', async () => {
    const client = healthyClient()
      .answer('cache.clearPreview', () => ({ entries: 6, bytes: 18_739, extraCalls: 3, nextMinuteCalls: 36 }))
      .answer('cache.clear', () => ({ removed: 5, reloading: 3, undo: null }));
    const { user, pass } = await openPage(client);
    await user.keyboard('c');
    await pass(100);
    const dialog = screen.getByRole('alertdialog', { name: 'Clear 6 entries (18.3 KiB)?' });
    expect(dialog.textContent).toContain('about 3 extra calls');
    expect(client.inputsOf('cache.clear')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Clear 6 entries' }));
    await pass(100);
    expect(client.inputsOf('cache.clear')).toHaveLength(1);
    expect(screen.getAllByText('Cleared 5 entries').length).toBeGreaterThan(0);
  });

  it('says so where clearing loads nothing again', async () => {
    const client = healthyClient()
      .answer('cache.clearPreview', () => ({ entries: 1, bytes: 200, extraCalls: 0, nextMinuteCalls: 0 }))
      .answer('cache.clear', () => ({ removed: 1, reloading: 0, undo: null }));
    const { user, pass } = await openPage(client);
    await user.keyboard('c');
    await pass(100);
    const dialog = screen.getByRole('alertdialog', { name: 'Clear 1 entry (200 B)?' });
    expect(dialog.textContent).toContain('Nothing is loaded again for now.');
    await user.click(within(dialog).getByRole('button', { name: 'Clear 1 entry' }));
    await pass(100);
    expect(screen.getAllByText('Nothing is loaded again for now. Counters stay.').length).toBeGreaterThan(0);
  });

  it('does nothing on Keep', async () => {
    const client = healthyClient().answer('cache.clearPreview', () => ({
      entries: 6,
      bytes: 1,
      extraCalls: 3,
      nextMinuteCalls: 36,
    }));
    const { user, pass } = await openPage(client);
    await user.keyboard('c');
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Keep' }));
    await pass(400);
    expect(client.inputsOf('cache.clear')).toHaveLength(0);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('a figure', () => {
  it('tells how it is counted', async () => {
    const { user, pass } = await openPage(healthyClient());
    const term = screen.getByRole('button', { name: 'Backend calls saved' });
    expect(term.getAttribute('aria-description')).toContain('Lookups − backend loads');
    expect(term.getAttribute('aria-description')).toContain('hits × median load time');
    await user.hover(term);
    await pass(500);
    expect(document.querySelector('.tooltip')?.textContent).toContain('Lookups − backend loads');
  });
});

describe('the frame', () => {
  it('pauses by key and by button, and says when a call is refused', async () => {
    const client = healthyClient().answer('polling.pause', () => ({}));
    const { user, pass } = await openPage(client);
    await user.keyboard('p');
    expect(client.inputsOf('polling.pause')).toEqual([{ minutes: null }]);
    client.push('polling.state', pollingOf({ paused: true }));
    await pass(100);
    expect(screen.getByTestId('overall').textContent).toBe('❚❚Paused');
    await user.click(screen.getByRole('button', { name: 'Resume polling' }));
    await pass(100);
    expect(screen.getAllByText('Resume did not work').length).toBeGreaterThan(0);
  });

  it('pauses for a time, and says until when', async () => {
    const client = healthyClient().answer('polling.pause', () => ({}));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Pause for a time' }));
    await pass(100);
    await user.click(screen.getByRole('menuitem', { name: 'For 1 hour' }));
    expect(client.inputsOf('polling.pause')).toEqual([{ minutes: 60 }]);
    client.push('polling.state', pollingOf({ paused: true, pausedUntil: worldStart + 3_600_000 }));
    await pass(100);
    expect(screen.getByTestId('overall').textContent).toBe('❚❚Paused until 14:03');
  });

  it('labels the demo, and offers Simulate only there', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    expect(screen.getByRole('button', { name: 'Profile: Demo data' })).toBeTruthy();
    client.push('demo.state', { available: false, fault: 'none' });
    await pass(100);
    expect(screen.queryByRole('button', { name: /Simulate/ })).toBeNull();
  });

  it('simulates a fault by its plain words', async () => {
    const client = healthyClient().answer('demo.simulate', () => ({}));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: 'Simulate' }));
    await pass(100);
    await user.click(screen.getByRole('menuitemradio', { name: /Connection refused/ }));
    expect(client.inputsOf('demo.simulate')).toEqual([{ fault: 'refused' }]);
  });

  it('lists the keys on ?', async () => {
    const { user, pass } = await openPage(healthyClient());
    await user.keyboard('?');
    await pass(100);
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' }).textContent).toContain(
      'Pause or resume',
    );
  });

  it('announces a change of state once, politely, and no ages', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    const region = screen.getByRole('status');
    expect(region.textContent).toBe('');
    client.answer('vpn.status', () => new Promise<never>(() => {}));
    await pass(40_000);
    expect(region.textContent).toBe('VPN status stale.');
  });

  it('has one voice: results of what was done are told by it, and toasts are silent', async () => {
    const client = healthyClient()
      .answer('cache.clearPreview', () => ({ entries: 6, bytes: 1, extraCalls: 3, nextMinuteCalls: 36 }))
      .answer('cache.clear', () => ({ removed: 5, reloading: 3, undo: null }));
    const { user, pass } = await openPage(client);
    await user.keyboard('c');
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Clear 6 entries' }));
    await pass(300);
    const regions = [...document.querySelectorAll('[aria-live]')].map((region) => ({
      live: region.getAttribute('aria-live'),
      text: region.textContent,
    }));
    expect(regions.filter(({ live }) => live !== 'off')).toEqual([
      { live: 'polite', text: 'Cleared 5 entries. 3 resources are loaded again now. Counters stay.' },
    ]);
  });

  it('tells changes of one moment together, and a state that is over again not at all', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    const hang = () => new Promise<never>(() => {});
    client.answer('vpn.status', hang).answer('orchestrator.status', hang);
    await pass(40_000);
    expect(screen.getByRole('status').textContent).toBe('Orchestrator status stale. VPN status stale.');
  });
});
