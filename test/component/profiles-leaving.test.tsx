import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestResult } from '../../shared/contract/profiles.ts';
import { demoProfile, healthyClient, profilesOf } from '../support/page-world.ts';
import { lab, openEditor, profiles } from '../support/profiles-page.ts';
import { closePage } from '../support/render-page.tsx';

beforeEach(() => {
  window.location.hash = '#/settings';
});
afterEach(() => {
  closePage();
  window.location.hash = '';
});

describe('leaving', () => {
  it('closes at once when nothing was changed', async () => {
    const { user, pass } = await openEditor('Edit Lab');
    await user.keyboard('{Escape}');
    await pass(300);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks before changes are lost: Escape, and an address that leads elsewhere', async () => {
    const { user, pass, dialog } = await openEditor('Edit Lab');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
    await user.keyboard('{Escape}');
    await pass(200);
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    await pass(200);
    expect(within(dialog).getByDisplayValue('Lab 2')).toBeTruthy();
    window.location.hash = '#/events';
    await pass(200);
    expect(window.location.hash).toBe('#/settings/profile/lab');
    await user.click(screen.getByRole('button', { name: 'Discard changes' }));
    await pass(300);
    await vi.dynamicImportSettled();
    expect(window.location.hash).toBe('#/events');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

it('closes when saving the profile in use makes a new connection', async () => {
  const client = healthyClient();
  const { user, pass, dialog } = await openEditor('Edit Lab', client, { active: 'lab' });
  client.answer('profiles.save', async () => {
    client.push('profiles.state', { ...profiles, active: 'lab', generation: 2 });
    await new Promise((resolve) => setTimeout(resolve, 500)); // the page is drawn anew before the reply
    return { id: 'lab' };
  });
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await pass(1000);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(window.location.hash).toBe('#/settings');
});

it('keeps an open form when another window changes the profile in use', async () => {
  const { client, user, pass, dialog } = await openEditor('Edit Lab');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
  client.push('profiles.state', { ...profiles, active: 'lab', generation: 2 });
  await pass(300);
  const again = screen.getByRole('dialog', { name: 'Edit Lab' });
  expect(within(again).getByDisplayValue('Lab 2')).toBeTruthy();
  await user.keyboard('{Escape}');
  await pass(200);
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  await pass(300);
  await user.click(screen.getByRole('button', { name: 'Edit Lab' }));
  await pass(300);
  expect(within(screen.getByRole('dialog')).getByDisplayValue('Lab')).toBeTruthy();
});

it('says that another window has saved the profile meanwhile', async () => {
  const { client, user, pass, dialog } = await openEditor('Edit Lab');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
  expect(dialog.textContent).not.toContain('Another window');
  const theirs = { ...lab, name: 'Their lab' };
  client.push('profiles.state', profilesOf({ profiles: [demoProfile, theirs], generation: 2 }));
  await pass(300); // the page is drawn anew: the form is another one over the same draft
  const again = screen.getByRole('dialog', { name: 'Edit Their lab' });
  expect(within(again).getByDisplayValue('Lab 2')).toBeTruthy();
  expect(again.textContent).toContain('Another window has changed this profile');
});

it('says so when the profile that is edited is removed', async () => {
  const { client, user, pass, dialog } = await openEditor('Edit Lab');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' 2');
  client.push('profiles.state', profilesOf());
  await pass(300);
  expect(screen.queryByRole('dialog', { name: 'Edit Lab' })).toBeNull();
  expect(screen.getAllByText('The profile is not there').length).toBeGreaterThan(0);
  expect(window.location.hash).toBe('#/settings');
});

describe('Test connection', () => {
  const failed: TestResult = {
    backend: 'orchestrator',
    ok: false,
    code: 'unauthorized',
    sentence: 'The API key was rejected (401).',
    ms: 182,
  };

  it('shows a line for each backend until the form changes', async () => {
    const client = healthyClient().answer('profiles.test', () => ({ results: [failed] }));
    const { user, pass, dialog } = await openEditor('Edit Lab', client);
    await user.click(within(dialog).getByRole('button', { name: 'Test connection' }));
    await pass(50);
    expect(client.inputsOf('profiles.test')).toMatchObject([{ id: 'lab', secrets: {} }]);
    expect(dialog.textContent).toContain('Orchestrator: failed The API key was rejected (401).182 ms');
    await user.type(within(dialog).getByLabelText('API key'), 'x');
    expect(dialog.textContent).not.toContain('rejected');
  });

  it('can be cancelled; what comes later is not shown', async () => {
    const asked = Promise.withResolvers<{ results: TestResult[] }>();
    const client = healthyClient().answer('profiles.test', () => asked.promise);
    const { user, pass, dialog } = await openEditor('Edit Lab', client);
    await user.click(within(dialog).getByRole('button', { name: 'Test connection' }));
    expect(dialog.textContent).toContain('Orchestrator Asking…');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel test' }));
    asked.resolve({ results: [failed] });
    await pass(50);
    expect(dialog.textContent).not.toContain('rejected');
    expect(within(dialog).getByRole('button', { name: 'Test connection' })).toBeTruthy();
  });

  it('cannot start without an address', async () => {
    const { dialog } = await openEditor('New profile');
    const button = within(dialog).getByRole('button', { name: 'Test connection' });
    expect((button as HTMLButtonElement).disabled).toBe(true);
  });
});
