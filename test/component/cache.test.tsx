import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { HitRateHistory } from '../../shared/contract/cache.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import {
  healthyClient,
  pollOf,
  profileOf,
  profilesOf,
  readingOf,
  serverCache,
  statisticsOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, openPage } from '../support/render-page.tsx';

afterEach(closePage);

const figures = (): string => screen.getByRole('region', { name: 'Key figures' }).textContent;
const server = (): HTMLElement => screen.getByRole('region', { name: 'Orchestrator’s own cache' });

describe('the hit-rate tile', () => {
  it('says that there were no requests instead of 0 %', async () => {
    await openPage(healthyClient());
    expect(figures()).toContain('—no requests in 5 min');
    expect(figures()).not.toContain('0 %');
  });

  it('says when there are few samples', async () => {
    const hitRate5m = { percent: 66.7, n: 12 };
    await openPage(
      healthyClient().answer('cache.statistics', () => statisticsOf({ hitRate5m, hitRate: hitRate5m })),
    );
    expect(figures()).toContain('67 % · n 12few samples');
  });

  it('drops that from 20 on', async () => {
    await openPage(
      healthyClient().answer('cache.statistics', () => statisticsOf({ hitRate5m: { percent: 100, n: 20 } })),
    );
    expect(figures()).toContain('100 % · n 20since start 0 %');
    expect(figures()).not.toContain('few samples');
  });
});

describe('the timeline', () => {
  it('has the time left of each key as a meter with words', async () => {
    await openPage(healthyClient());
    const meter = screen.getByRole('meter', { name: 'stats:total: time left' });
    expect(meter.getAttribute('aria-valuetext')).toBe('1.5 s of 3 s');
  });
});

describe('the hit-rate chart', () => {
  const history: HitRateHistory = {
    at: [worldStart - 5000, worldStart],
    hits: [3, 3],
    staleHits: [0, 0],
    misses: [0, 0],
    coalesced: [0, 0],
    prefetches: [3, 3],
    rate: [50, 100],
    rateN: [6, 6],
    cumulative: [50, 75],
    callsPerMinute: [30, 36],
    marks: [],
    explanation: 'Refresh ahead loads 1 s before each 5 s poll.',
  };

  it('has a sentence for those who do not see it, a table, and the reason for the rate', async () => {
    const { user, pass } = await openPage(healthyClient().answer('cache.history', () => history));
    await pass(1000);
    expect(
      screen.getByRole('figure', {
        name: 'Hit rate over the last 15 minutes: now 100 %, between 50 and 100 %, 36 backend calls a minute.',
      }),
    ).toBeTruthy();
    expect(screen.getByText(history.explanation)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show as table' }));
    const rows = within(screen.getByRole('region', { name: 'Samples' })).getAllByRole('row');
    expect(rows).toHaveLength(3);
  });
});

describe('the orchestrator’s own cache', () => {
  it('says no requests where its 0 % is of nothing', async () => {
    await openPage(healthyClient());
    expect(server().textContent).toContain('— no requests');
    expect(server().textContent).toContain('always misses here');
  });

  it('says not reported only where the list is absent', async () => {
    await openPage(
      healthyClient().answer('orchestrator.cache', () =>
        pollOf(readingOf({ ...serverCache, entries: null })),
      ),
    );
    expect(server().textContent).toContain('Its entries: not reported.');
  });

  it('reads a negative time left as expired', async () => {
    const entries = [{ key: 'vpn:status', ageSeconds: 25, ttlRemainingSeconds: -23 }];
    await openPage(
      healthyClient().answer('orchestrator.cache', () =>
        pollOf(readingOf({ size: 1, hits: 0, misses: 4, hitRatePercent: 0, entries })),
      ),
    );
    expect(server().textContent).toContain('expired, not swept yet');
    expect(server().textContent).toContain('0 % (n 4)');
  });

  it('is cleared only after being held, names the target, and repeats the server’s words', async () => {
    const client = healthyClient().answer('orchestrator.clearCache', () => ({
      message: 'Cache cleared successfully',
    }));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: /Clear the orchestrator’s cache…/ }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('Demo (http://127.0.0.1:8000/)');
    const hold = within(dialog).getByRole('button', { name: 'Hold to clear' });
    fireEvent.pointerDown(hold);
    await pass(600);
    fireEvent.pointerUp(hold);
    await pass(2000);
    expect(client.inputsOf('orchestrator.clearCache')).toHaveLength(0);
    fireEvent.pointerDown(hold);
    await pass(1300);
    expect(client.inputsOf('orchestrator.clearCache')).toHaveLength(1);
    expect(screen.getAllByText('Cache cleared successfully').length).toBeGreaterThan(0);
  });

  it('of a production profile is cleared only after its name was typed', async () => {
    const client = healthyClient().answer('orchestrator.clearCache', () => ({ message: 'Cleared' }));
    client.push('profiles.state', profilesOf({ profiles: [profileOf({ production: true })], active: 'lab' }));
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: /Clear the orchestrator’s cache/ }));
    await pass(100);
    const dialog = screen.getByRole('alertdialog');
    const button = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Clear' });
    const field = within(dialog).getByRole('textbox', { name: /Type its name, Lab/ });
    await user.type(field, 'lab');
    expect(button.disabled).toBe(true);
    await user.clear(field);
    await user.type(field, 'Lab');
    expect(button.disabled).toBe(false);
    await user.click(button);
    await pass(200);
    expect(client.inputsOf('orchestrator.clearCache')).toHaveLength(1);

    // The next time is asked anew.
    await user.click(screen.getByRole('button', { name: /Clear the orchestrator’s cache/ }));
    await pass(100);
    const again = within(screen.getByRole('alertdialog'));
    expect(again.getByRole<HTMLInputElement>('textbox').value).toBe('');
    expect(again.getByRole<HTMLButtonElement>('button', { name: 'Clear' }).disabled).toBe(true);
  });

  it('is greyed with the reason once the key was refused, and not tried again', async () => {
    const client = healthyClient().answer('orchestrator.clearCache', () => {
      throw new RpcError('forbidden', 'The orchestrator rejected the API key (403).');
    });
    const { user, pass } = await openPage(client);
    await user.click(screen.getByRole('button', { name: /Clear the orchestrator’s cache…/ }));
    await pass(100);
    fireEvent.pointerDown(screen.getByRole('button', { name: 'Hold to clear' }));
    await pass(1300);
    await pass(400);
    expect(client.inputsOf('orchestrator.clearCache')).toHaveLength(1);
    expect(server().textContent).toContain('Not allowed: The orchestrator rejected the API key (403).');
    const button = screen.getByRole('button', { name: /Clear the orchestrator’s cache…/ });
    expect(button.hasAttribute('disabled')).toBe(true);
  });
});
