import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { streamOf } from '../../support/fleet-world.ts';
import { fleetBed } from './fleet-bed.ts';

const bed = fleetBed();

describe('a breaker', () => {
  it('is reset and read again', async () => {
    bed().script.change = () => {
      bed().script.values = {
        ...bed().script.values,
        healthStatus: { breakers: { general: { state: 'closed' }, replacement: null } },
      };
      return Promise.resolve({ outcome: 'done', said: 'Reset.', retryInSeconds: null });
    };
    expect(await bed().after(300, bed().fleet.resetBreaker('general'))).toEqual({
      outcome: 'done',
      said: 'Reset.',
      found: 'The breaker is closed.',
      retryInSeconds: null,
    });
    expect(bed().events.map(({ title }) => title)).toEqual(['Resetting the general breaker: done']);
  });

  it('that the server does not tell of is not known', async () => {
    expect(await bed().after(300, bed().fleet.resetBreaker('replacement'))).toMatchObject({
      found: 'The server does not tell the breaker’s state.',
    });
    bed().script.missing = ['healthStatus'];
    expect(await bed().after(300, bed().fleet.resetBreaker('general'))).toMatchObject({
      found: 'The state of the breakers could not be read again.',
    });
  });
});

describe('stopping streams', () => {
  const ended = (...ids: readonly string[]): void => {
    const streams = ['a', 'b'].map((id) =>
      streamOf({ id, endedAt: ids.includes(id) ? bed().clock.wall() : null }),
    );
    bed().script.values = { ...bed().script.values, streamList: { streams } };
  };

  it('gives an answer for each and says what still runs', async () => {
    bed().script.change = () => {
      ended('a');
      return Promise.resolve({ outcome: 'done', said: 'Stopped.', retryInSeconds: null });
    };
    expect(await bed().after(300, bed().fleet.stopStreams(['a', 'b', 'a']))).toEqual({
      results: [
        { id: 'a', stopped: true, said: 'Stopped.' },
        { id: 'b', stopped: true, said: 'Stopped.' },
      ],
      found: '1 of 2 still runs.',
    });
    expect(bed().script.changes).toEqual(['stop a, b']);
  });

  it('without an answer counts as stopped what no longer runs', async () => {
    bed().script.change = () => {
      ended('a');
      return new Promise(() => {});
    };
    expect(await bed().after(31_000, bed().fleet.stopStreams(['a', 'b']))).toEqual({
      results: [
        { id: 'a', stopped: true, said: 'No answer in time.' },
        { id: 'b', stopped: false, said: 'No answer in time.' },
      ],
      found: '1 of 2 still runs.',
    });
    expect(bed().events.at(-1)).toMatchObject({
      title: 'Stopping 2 streams: 1 stopped',
      severity: 'attention',
    });
  });

  it('that are being stopped already is a conflict', async () => {
    bed().script.change = () => new Promise(() => {});
    const first = bed().fleet.stopStreams(['a']);
    expect(await bed().after(0, bed().fleet.stopStreams(['a', 'b']))).toMatchObject({ code: 'conflict' });
    expect(await bed().after(40_000, first)).toMatchObject({ found: 'It still runs.' });
  });
});

describe('reads past the cache', () => {
  it('tell samples and logs, and why there are none', async () => {
    expect((await bed().fleet.samples('a', undefined)).at).toHaveLength(3);
    expect(await bed().fleet.log('e', 200)).toEqual({ at: bed().clock.wall(), text: 'engine started\n' });
    expect(bed().script.further).toEqual(['samples of a', '200 lines of e']);
    bed().script.furtherFailure = new SourceError('not-found', 'The orchestrator does not offer it.', {
      supported: false,
    });
    expect(await bed().after(0, bed().fleet.log('e', 200))).toMatchObject({ code: 'not-found' });
    expect(await bed().after(0, bed().fleet.samples('a', undefined))).toMatchObject({ code: 'not-found' });
  });
});
