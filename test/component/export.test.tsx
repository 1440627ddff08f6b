import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxSavedContent } from '../../shared/model/files.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { cacheEntryOf, entryPageOf } from '../support/explorer-world.ts';
import { catchDownloads, chooseFormat, settle } from '../support/export-page.ts';
import type { Downloads } from '../support/export-page.ts';
import {
  desktopInfo,
  engine,
  healthyClient,
  pollOf,
  readingOf,
  settingsOf,
  worldStart,
} from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';
import type { ScriptedClient } from '../support/scripted-client.ts';

let downloads: Downloads;
beforeEach(() => {
  downloads = catchDownloads();
});
afterEach(() => {
  downloads.restore();
  closePage();
  window.location.hash = '';
});

/** A host with a dialog of its own. */
function desktop(client: ScriptedClient): ScriptedClient {
  return client.answer('app.info', () => desktopInfo);
}

async function openExport(name: string, client = healthyClient()) {
  const page = await openPage(client);
  await goToHash('#/engines', page.pass);
  await settle(page.pass);
  fireEvent.click(screen.getByRole('button', { name: `Export ${name}` }));
  await page.pass(300);
  return page;
}

const dash = '—'; // stands on the page for what is missing, and in no export

describe('the engine list', () => {
  it('goes to the browser as CSV: units in the header, what is missing empty, when it was loaded', async () => {
    const client = healthyClient().answer('engines.list', () =>
      pollOf(readingOf({ engines: [{ ...engine, name: '=HYPERLINK("x")', version: null }] })),
    );
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^CSV/, pass);
    expect(downloads.names).toEqual([
      expect.stringMatching(/^cachedeck-engines-demo-2026-01-15_13-03-\d\d\.csv$/),
    ]);
    const [head, line, end] = ((await downloads.files[0]?.text()) ?? '').split('\r\n');
    expect(head).toBe(
      'Name,Id,Health,Streams,CPU (%),Memory (bytes),VPN,Host,Port,Forwarded,Forwarded port,Version,' +
        'First seen (ISO 8601),Last seen (ISO 8601),Last health check (ISO 8601),As of (ISO 8601)',
    );
    expect(line).toBe(
      `"'=HYPERLINK(""x"")",${'a'.repeat(64)},Healthy,1,12.5,209715200,gluetun1,gluetun1,19000,true,41873,,,,,2026-01-15T13:03:06.000+00:00`,
    );
    expect(line).not.toContain(dash);
    expect(end).toBe('');
    expect(screen.getByText('Exported 1 row')).toBeTruthy();
    expect(screen.getByText(/Handed to the browser as cachedeck-engines/, { selector: 'p' })).toBeTruthy();
  });

  it('has its times in the zone that was chosen', async () => {
    const client = healthyClient().push('settings.state', settingsOf({ timeZone: 'America/St_Johns' }));
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^JSON/, pass);
    expect(JSON.parse((await downloads.files[0]?.text()) ?? '')).toMatchObject([
      { 'As of (ISO 8601)': '2026-01-15T09:33:06.000-03:30', 'CPU (%)': 12.5, Name: 'engine-1' },
    ]);
    expect(downloads.names[0]).toContain('2026-01-15_09-33-');
  });

  it('cannot be exported while there is none', async () => {
    const { pass } = await openPage(
      healthyClient().answer('engines.list', () => pollOf(readingOf({ engines: [] }))),
    );
    await goToHash('#/engines', pass);
    await settle(pass);
    expect(screen.getByRole('button', { name: 'Export Engines' })).toHaveProperty('disabled', true);
  });
});

describe('where main has a dialog', () => {
  it('the file goes there, and the page says where it is', async () => {
    const client = desktop(healthyClient()).answer('files.save', () => ({ savedTo: '/home/operator/e.csv' }));
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^CSV/, pass);
    expect(downloads.names).toEqual([]);
    expect(client.inputsOf('files.save')).toMatchObject([
      { name: expect.stringMatching(/^cachedeck-engines-demo-.*\.csv$/), encoding: 'utf8' },
    ]);
    expect(screen.getByText('Saved to /home/operator/e.csv.')).toBeTruthy();
  });

  it('nothing is said where no place was chosen', async () => {
    const client = desktop(healthyClient()).answer('files.save', () => ({ savedTo: null }));
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^JSON/, pass);
    expect(client.inputsOf('files.save')).toHaveLength(1);
    expect(screen.queryByText(/^Exported/)).toBeNull();
  });

  it('a refusal is told in main’s words', async () => {
    const client = desktop(healthyClient()).answer('files.save', () => {
      throw new RpcError('unavailable', 'The file was not written: the disk is full.');
    });
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^CSV/, pass);
    expect(screen.getByText('Engines: not exported')).toBeTruthy();
    expect(screen.getByText('The file was not written: the disk is full.')).toBeTruthy();
  });

  it('what is larger than it takes is not sent', async () => {
    const name = 'x'.repeat(maxSavedContent);
    const client = desktop(healthyClient()).answer('engines.list', () =>
      pollOf(readingOf({ engines: [{ ...engine, version: name }] })),
    );
    const { pass } = await openExport('Engines', client);
    await chooseFormat(/^CSV/, pass);
    expect(client.inputsOf('files.save')).toHaveLength(0);
    expect(screen.getByText(/larger than 20 MB/, { selector: 'p' })).toBeTruthy();
  });
});

describe('the clipboard', () => {
  it('has the table as text and as a table', async () => {
    const written: Readonly<Record<string, Promise<Blob>>>[] = [];
    vi.stubGlobal('ClipboardItem', function (data: Readonly<Record<string, Promise<Blob>>>) {
      written.push(data);
    });
    const { pass } = await openExport('Engines');
    const write = vi.fn<Clipboard['write']>(async () => {});
    Object.defineProperty(navigator, 'clipboard', { value: { write }, configurable: true });
    await chooseFormat(/^Copy as table/, pass);
    expect(write).toHaveBeenCalledTimes(1);
    expect(await (await written[0]?.['text/plain'])?.text()).toMatch(/^Name\tId\tHealth[^\n]*\nengine-1\t/);
    expect(await (await written[0]?.['text/html'])?.text()).toContain('<td>engine-1</td>');
    expect(screen.getByText('Copied 1 row')).toBeTruthy();
  });
});

describe('other tables', () => {
  it('entries: every page that fits the filter and in its order, not what is drawn alone', async () => {
    const all = Array.from({ length: 430 }, (_, n) =>
      cacheEntryOf({ key: `key ${String(n).padStart(3, '0')}`, lastHitAt: worldStart - 1500 }),
    );
    const client = healthyClient().answer('cache.entries', ({ offset, limit }) => ({
      ...entryPageOf(all.slice(offset, offset + limit), Date.now()),
      matching: all.length,
    }));
    const { pass } = await openPage(client);
    await goToHash('#/cache', pass);
    fireEvent.click(screen.getByRole('button', { name: 'Export Entries' }));
    await pass(300);
    await chooseFormat(/^CSV/, pass);
    const lines = ((await downloads.files[0]?.text()) ?? '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(431);
    expect(lines[0]).toBe(
      'Key,Namespace,State,Data age (ms),Time left (ms),Size (bytes),Hits,Last hit (ISO 8601),Came by,Time to live (ms),As of (ISO 8601)',
    );
    expect(lines[430]).toMatch(/^key 429,stats,Fresh,1100,2000,300,3,2026-01-15T13:03:05\.500\+00:00,/);
    expect(screen.getByText('Exported 430 rows')).toBeTruthy();
  });

  it('sessions: as masked as on the page', async () => {
    const client = healthyClient();
    const { pass } = await openPage(client);
    await goToHash('#/sessions', pass);
    fireEvent.click(screen.getByRole('button', { name: 'Export Sessions' }));
    await pass(300);
    await chooseFormat(/^JSON/, pass);
    const [first] = JSON.parse((await downloads.files[0]?.text()) ?? '') as { readonly User: string }[];
    expect(first?.User).toContain('•••');
  });

  it('a chart that is not drawn is no picture', async () => {
    const history = {
      at: [worldStart],
      hits: [3],
      staleHits: [0],
      misses: [0],
      coalesced: [0],
      prefetches: [3],
      rate: [50],
      rateN: [6],
      cumulative: [50],
      callsPerMinute: [30],
      marks: [],
      explanation: 'Refresh ahead.',
    };
    const client = healthyClient().answer('cache.history', () => history);
    const { pass } = await openPage(client);
    await pass(1000);
    fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    fireEvent.click(screen.getByRole('button', { name: 'Export Hit rate' }));
    await pass(300);
    const picture = screen.getByRole('menuitem', { name: /^Picture/ });
    expect(picture.getAttribute('aria-disabled')).toBe('true');
    expect(picture.textContent).toContain('Show it as a chart first.');
    await chooseFormat(/^CSV/, pass);
    expect(await downloads.files[0]?.text()).toContain(
      'Backend calls (/min)\r\n2026-01-15T13:03:07.000+00:00,50,50,6,',
    );
    await settle(pass);
  });
});
