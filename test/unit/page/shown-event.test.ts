import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import type { ServerEvent } from '../../../shared/contract/fleet.ts';
import { mergeEvents, ownEvent, serverEvent } from '../../../renderer/events/shown-event.ts';
import { serverEventOf } from '../../support/fleet-world.ts';

function own(id: number, at: number): LoggedEvent {
  return {
    id,
    at,
    kind: 'state',
    severity: 'info',
    profile: 'Demo',
    subject: null,
    title: `Own ${id}`,
    detail: null,
  };
}

function told(id: number, at: number, rest: Partial<ServerEvent> = {}): ServerEvent {
  return serverEventOf({ id, at, message: `Told ${id}`, ...rest });
}

describe('two lists of events as one', () => {
  const mine = [own(3, 300), own(2, 200), own(1, 100)].map(ownEvent);
  const theirs = [told(3, 250), told(2, 150), told(1, 50)].map(serverEvent);

  it('holds back what is older than the last own one that is loaded', () => {
    const keys = (complete: boolean) => mergeEvents(mine, theirs, complete).map(({ title }) => title);
    expect(keys(false)).toEqual(['Own 3', 'Told 3', 'Own 2', 'Told 2', 'Own 1']);
    expect(keys(true)).toEqual(['Own 3', 'Told 3', 'Own 2', 'Told 2', 'Own 1', 'Told 1']);
  });

  it('makes the same object of the same event, and another key when a server counts anew', () => {
    const event = told(7, 500);
    expect(serverEvent(event)).toBe(serverEvent(event));
    expect(serverEvent(told(7, 900)).key).not.toBe(serverEvent(event).key);
  });

  it.each([
    ['failed', 'bad'],
    ['disconnected', 'attention'],
    ['insufficient_engines', 'attention'],
    ['recovered', 'info'],
    ['something new', 'info'],
  ])('maps the category %s to the severity %s', (category, severity) => {
    expect(serverEvent(told(1, 1, { category })).severity).toBe(severity);
  });

  it('calls a type it does not know Other', () => {
    expect(serverEvent(told(1, 1, { type: 'weather' })).kind).toBe('other');
  });
});
