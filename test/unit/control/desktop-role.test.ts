import { expect, test } from 'vitest';
import type { TrayModel } from '../../../shared/contract/app.ts';
import { desktopRole } from '../../../electron/core/control/desktop-role.ts';
import { Feed } from '../../../electron/core/feed.ts';
import { trayForRole } from '../../../electron/shell/tray-for-role.ts';

test.each([
  [undefined, 'admin'],
  ['', 'admin'],
  [' operator ', 'operator'],
  ['viewer', 'viewer'],
  ['admin', 'admin'],
])('CACHEDECK_ROLE %j makes %s', (text, role) => {
  expect(desktopRole(text)).toEqual({ role, warning: null });
});

test('what names no role takes rights away and says so', () => {
  expect(desktopRole('veiwer').role).toBe('viewer');
  expect(desktopRole('veiwer').warning).toContain('CACHEDECK_ROLE takes viewer, operator or admin');
});

test('to a viewer the tray offers to open and to quit, nothing else', () => {
  const choices = [{ value: '15', label: '15 min' }];
  const model: TrayModel = {
    state: 'ok',
    tooltip: 'All live',
    lines: [],
    actions: (['refresh', 'pause', 'resume', 'snooze', 'unsnooze', 'open', 'quit'] as const).map((id) => ({
      id,
      label: id,
      enabled: true,
      choices: id === 'pause' ? choices : [],
    })),
  };
  const seen: string[][] = [];
  for (const role of ['viewer', 'operator'] as const) {
    trayForRole(new Feed(model), role).subscribe(({ value }) => {
      seen.push(value.actions.filter(({ enabled }) => enabled).map(({ id }) => id));
    });
  }
  expect(seen).toEqual([['open', 'quit'], model.actions.map(({ id }) => id)]);
});
