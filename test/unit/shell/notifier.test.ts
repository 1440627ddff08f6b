import type { Notification as ElectronNotification } from 'electron';
import { describe, expect, it } from 'vitest';
import { createNotifier } from '../../../electron/shell/notifier.ts';
import type { Notice } from '../../../shared/contract/app.ts';
import { Notification } from '../../support/electron-stub/index.ts';
import { recordingLog } from '../../support/recording-log.ts';

const stale: Notice = {
  id: 1,
  at: 0,
  kind: 'stale',
  title: 'VPN data is stale',
  body: 'No answer for 30 s.',
  resources: ['vpn:status', 'stats:total'],
};
const recovered: Notice = {
  ...stale,
  id: 2,
  kind: 'recovered',
  title: 'VPN data is live again',
  resources: ['stats:total', 'vpn:status'],
};

function notifier() {
  const made: Notification[] = [];
  const { log, lines } = recordingLog();
  let clicks = 0;
  const notify = createNotifier({
    log,
    icon: '/icon.png',
    create: (options) => {
      const notification = new Notification(options);
      made.push(notification);
      return notification as unknown as ElectronNotification;
    },
    onClick: () => (clicks += 1),
  });
  return { notify, made, lines, clicks: () => clicks };
}

describe('notifications', () => {
  it('are silent and say what the notice says', () => {
    const { notify, made } = notifier();
    notify(stale);
    expect(made[0]?.shown).toBe(true);
    expect(made[0]?.options).toEqual({
      id: 'stats:total vpn:status',
      title: 'VPN data is stale',
      body: 'No answer for 30 s.',
      silent: true,
      icon: '/icon.png',
    });
  });

  it('replace the older one about the same resources, and no other', () => {
    const { notify, made } = notifier();
    notify(stale);
    notify({ ...stale, id: 3, resources: ['orchestrator:status'] });
    notify(recovered);
    expect(made.map(({ shown }) => shown)).toEqual([false, true, true]);
    expect(made[0]?.options.id).toBe(made[2]?.options.id);
  });

  it('bring the window back at a click', () => {
    const { notify, made, clicks } = notifier();
    notify(stale);
    made[0]?.emit('click', {});
    expect(clicks()).toBe(1);
  });

  it('that the system refuses are logged and not closed later', () => {
    const { notify, made, lines } = notifier();
    notify(stale);
    made[0]?.emit('failed', {}, 'not signed');
    notify(recovered);
    expect(lines).toEqual(['warn: notification: not shown (not signed)']);
    expect(made[0]?.shown).toBe(true);
  });
});
