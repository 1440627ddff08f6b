import type { Notification as ElectronNotification } from 'electron';
import { describe, expect, it } from 'vitest';
import { createNotifier } from '../../../electron/shell/notifier.ts';
import type { AlertMessage } from '../../../shared/contract/alerts.ts';
import { messageOf } from '../../support/alert-world.ts';
import { Notification } from '../../support/electron-stub/index.ts';
import { recordingLog } from '../../support/recording-log.ts';

const stale = messageOf({
  way: 'system',
  title: 'VPN status is stale',
  body: 'Last good value 50 s ago (14:02:15).',
  keys: ['demo/stale/vpn:status'],
  tag: 'demo/stale/vpn:status',
  route: '#/alerts',
});
const recovered: AlertMessage = {
  ...stale,
  id: 2,
  kind: 'recovered',
  severity: 'info',
  title: 'VPN status is live again',
};

function notifier(platform: NodeJS.Platform = 'linux', supported = true) {
  const made: Notification[] = [];
  const done: string[] = [];
  const { log, lines } = recordingLog();
  const create = (options: ConstructorParameters<typeof Notification>[0]): ElectronNotification => {
    const notification = new Notification(options);
    made.push(notification);
    return notification as unknown as ElectronNotification;
  };
  const notify = createNotifier({
    log,
    icon: '/icon.png',
    platform,
    create: supported ? create : null,
    open: (route) => done.push(`open ${route}`),
    snooze: (keys, choice) => done.push(`snooze ${keys.join(' ')} ${choice}`),
    delivered: (id, outcome) => done.push(`${id} ${outcome}`),
  });
  return { notify, made, done, lines };
}

describe('a notification', () => {
  it('says what the message says, silently, and that it was shown', () => {
    const { notify, made, done } = notifier();
    notify(stale);
    made[0]?.emit('show', {}); // Electron may say it more than once
    expect(made[0]?.options).toEqual({
      title: 'VPN status is stale',
      body: 'Last good value 50 s ago (14:02:15).',
      silent: true,
      icon: '/icon.png',
      urgency: 'normal',
    });
    expect(done).toEqual(['1 shown']);
  });

  it('sounds where the operator chose it, and is urgent on Linux where something is bad', () => {
    const { notify, made } = notifier();
    notify({ ...stale, sound: true, severity: 'bad' });
    expect(made[0]?.options).toMatchObject({ silent: false, urgency: 'critical' });
  });

  it.each(['toast', 'none'] as const)('is not made for a message that goes as %s', (way) => {
    const { notify, made, done } = notifier();
    notify({ ...stale, way });
    expect([made.length, done]).toEqual([0, []]);
  });

  it('replaces the older one of its tag, and no other', () => {
    const { notify, made } = notifier('darwin');
    notify(stale);
    notify({ ...stale, id: 3, tag: 'demo/stale/stats:total' });
    notify(recovered);
    expect(made.map(({ shown }) => shown)).toEqual([false, true, true]);
    expect(made[0]?.options.id).toBe(made[2]?.options.id);
    expect(made[0]?.options.id).not.toBe(made[1]?.options.id);
  });

  it('goes when the newer message of its tag goes another way', () => {
    const { notify, made } = notifier();
    notify(stale);
    notify({ ...recovered, way: 'toast' });
    expect(made.map(({ shown }) => shown)).toEqual([false]);
  });

  it('has an id that Windows takes, however many alerts it is about', () => {
    const { notify, made } = notifier('win32');
    notify({ ...stale, tag: 'x'.repeat(300) });
    expect(made[0]?.options.id).toMatch(/^[0-9a-f]{32}$/);
    expect(made[0]?.options).not.toHaveProperty('actions');
  });

  it('leads to its page at each click', () => {
    const { notify, made, done } = notifier();
    notify(stale);
    notify({ ...stale, id: 4, tag: 'sessions', route: '#/sessions' });
    made[0]?.emit('click', {});
    made[1]?.emit('click', {});
    expect(done.slice(2)).toEqual(['open #/alerts', 'open #/sessions']);
  });

  it('has buttons on macOS: to open, and to mute what is still going on', () => {
    const { notify, made, done } = notifier('darwin');
    notify(stale);
    const texts = () => made.map(({ options }) => options.actions?.map(({ text }) => text));
    notify({ ...recovered, tag: 'other' });
    notify({ ...stale, kind: 'test', keys: [], tag: 'test' });
    expect(texts()).toEqual([['Open', 'Snooze 1 h'], ['Open'], ['Open']]);
    made[0]?.emit('action', { actionIndex: 1 });
    made[0]?.emit('action', { actionIndex: 0 });
    expect(done.slice(3)).toEqual(['snooze demo/stale/vpn:status 1h', 'open #/alerts']);
  });

  it('that the system refuses is logged, reported and not closed later', () => {
    const { notify, made, lines, done } = notifier('darwin');
    notify(stale);
    done.length = 0;
    made[0]?.emit('failed', {}, 'not signed');
    notify(recovered);
    expect(lines).toEqual(['warn: notification: not shown (not signed)']);
    expect(done).toEqual(['1 failed', '2 shown']);
    expect(made[0]?.shown).toBe(true);
  });

  it('is reported as failed where the system shows none', () => {
    const { notify, done } = notifier('linux', false);
    notify(stale);
    expect(done).toEqual(['1 failed']);
  });
});

describe('a notification that is no longer on the screen', () => {
  it('is let go when it was closed', () => {
    const { notify, made } = notifier();
    notify(stale);
    made[0]?.emit('close', { reason: 'userCanceled' });
    notify(recovered);
    expect(made[0]?.shown).toBe(true); // not closed a second time
  });

  it('is kept when it only timed out: Windows has it in its centre', () => {
    const { notify, made } = notifier('win32');
    notify(stale);
    made[0]?.emit('close', { reason: 'timedOut' });
    notify(recovered);
    expect(made[0]?.shown).toBe(false);
  });

  it('is let go once fifty newer ones are kept', () => {
    const { notify, made } = notifier();
    for (let id = 0; id <= 50; id += 1) notify({ ...stale, id, tag: `tag ${id}` });
    notify({ ...recovered, tag: 'tag 0', way: 'toast' });
    notify({ ...recovered, tag: 'tag 1', way: 'toast' });
    expect(made.slice(0, 2).map(({ shown }) => shown)).toEqual([true, false]);
  });
});
