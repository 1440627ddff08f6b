import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TestResult } from '../../shared/contract/profiles.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import { healthyClient, profilesOf } from '../support/page-world.ts';
import { closePage, goToHash, openPage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(closePage);

async function openFirstRun() {
  const client = healthyClient().push('profiles.state', profilesOf({ firstRun: true }));
  const page = await openPage(client);
  await vi.dynamicImportSettled(); // the page is a chunk of its own
  await page.pass(300);
  return { ...page, client };
}

it('starts on the demo with one press', async () => {
  const { client, user, pass } = await openFirstRun();
  client.answer('profiles.activate', () => ({}));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Welcome to Cachedeck');
  await user.click(screen.getByRole('button', { name: 'Use the demo' }));
  await pass(50);
  expect(client.inputsOf('profiles.activate')).toEqual([{ id: 'demo' }]);
});

it('says why the demo did not start', async () => {
  const { client, user, pass } = await openFirstRun();
  client.answer('profiles.activate', () => {
    throw new RpcError('unavailable', 'No port is free.');
  });
  await user.click(screen.getByRole('button', { name: 'Use the demo' }));
  await pass(50);
  expect(screen.getByText(/No port is free/)).toBeTruthy();
});

it('connects an orchestrator by keyboard, named after its host', async () => {
  const { client, user, pass } = await openFirstRun();
  client.answer('profiles.save', () => ({ id: 'lab' })).answer('profiles.activate', () => ({}));
  screen.getByRole('textbox', { name: 'Address' }).focus();
  await user.keyboard('https://lab.example:8000');
  await user.tab();
  await user.keyboard('k-1');
  expect(screen.getByRole('textbox', { name: 'Name' }).getAttribute('placeholder')).toBe('lab.example');
  await user.keyboard('{Enter}');
  await pass(50);
  expect(client.inputsOf('profiles.save')).toMatchObject([
    {
      id: null,
      draft: { name: 'lab.example', orchestrator: { url: 'https://lab.example:8000' }, portal: null },
      secrets: { orchestratorKey: 'k-1' },
    },
  ]);
  expect(client.inputsOf('profiles.activate')).toEqual([{ id: 'lab' }]);
});

it('leaves what was typed behind when the demo is chosen', async () => {
  const { client, user, pass } = await openFirstRun();
  await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://lab.example');
  await user.type(screen.getByLabelText('API key'), 'k-1');
  client.push('profiles.state', profilesOf({ generation: 2 }));
  await pass(200);
  await goToHash('#/settings/profile/new', pass);
  const dialog = within(screen.getByRole('dialog', { name: 'New profile' }));
  expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Address' }).value).toBe('');
  expect(dialog.getByLabelText<HTMLInputElement>('API key').value).toBe('');
});

it('stores one profile however often connecting it fails', async () => {
  const { client, user, pass } = await openFirstRun();
  client
    .answer('profiles.save', () => ({ id: 'lab' }))
    .answer('profiles.activate', () => {
      throw new RpcError('unavailable', 'It cannot be connected.');
    });
  await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://lab.example');
  for (let press = 0; press < 2; press += 1) {
    await user.click(screen.getByRole('button', { name: 'Save and connect' }));
    await pass(50);
  }
  expect(screen.getByRole('alert').textContent).toContain('It cannot be connected.');
  expect(client.inputsOf('profiles.save')).toMatchObject([{ id: null }, { id: 'lab' }]);
});

it('asks for the address before main is asked', async () => {
  const { client, user } = await openFirstRun();
  await user.click(screen.getByRole('button', { name: 'Save and connect' }));
  expect(screen.getByText(/Enter the address/)).toBeTruthy();
  expect(client.inputsOf('profiles.save')).toEqual([]);
});

it('tests what is typed', async () => {
  const { client, user, pass } = await openFirstRun();
  const found: TestResult = {
    backend: 'orchestrator',
    ok: true,
    code: null,
    sentence: 'Found release 1.7.3.',
    ms: 90,
  };
  client.answer('profiles.test', () => ({ results: [found] }));
  await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://lab.example');
  await user.click(screen.getByRole('button', { name: 'Test connection' }));
  await pass(50);
  expect(screen.getByText(/Found release/).textContent).toBe('Orchestrator: works Found release 1.7.3.');
});
