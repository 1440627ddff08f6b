import { screen } from '@testing-library/react';
import { vi } from 'vitest';
import type { ProfilesState } from '../../shared/contract/profiles.ts';
import { demoProfile, healthyClient, profileOf, profilesOf } from './page-world.ts';
import { openPage } from './render-page.tsx';
import type { ScriptedClient } from './scripted-client.ts';

/** A stored profile with a key. */
export const lab = profileOf({
  orchestrator: { url: 'https://lab.example:8000', allowHttp: false },
  secrets: { orchestratorKey: 'stored', portalPassword: 'none', workstationsPassword: 'none' },
});
/** The demo and the lab. */
export const profiles = profilesOf({ profiles: [demoProfile, lab] });

/** Settings, with these profiles. */
export async function openProfiles(state: Partial<ProfilesState> = {}, client = healthyClient()) {
  client.push('profiles.state', { ...profiles, ...state });
  const page = await openPage(client);
  await vi.dynamicImportSettled(); // the page is a chunk of its own
  await page.pass(300);
  return { ...page, client };
}

/** The form that a button of it opens. */
export async function openEditor(
  button: string,
  client?: ScriptedClient,
  state: Partial<ProfilesState> = {},
) {
  const page = await openProfiles(state, client);
  await page.user.click(screen.getByRole('button', { name: button }));
  await page.pass(300);
  return { ...page, dialog: screen.getByRole('dialog') };
}

/** A profile in the list. */
export function item(name: string): HTMLElement {
  return screen.getByRole('listitem', { name });
}
