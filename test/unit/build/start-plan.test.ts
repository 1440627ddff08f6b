import { describe, expect, it } from 'vitest';
import { planStart, readArguments } from '../../../build/start-plan.ts';
import type { Surroundings } from '../../../build/start-plan.ts';

/** Surroundings of a usual desktop, with a record of the questions asked. */
function around(over: Partial<Surroundings> = {}) {
  const asked: string[] = [];
  const base: Surroundings = {
    platform: 'linux',
    uid: 1000,
    environment: { DISPLAY: ':0' },
    browserWanted: false,
    findRuntime: () => '/runtime/electron',
    canDownload: async () => true,
    download: async () => null,
    ...over,
  };
  const recorded: Surroundings = {
    ...base,
    findRuntime: () => {
      asked.push('find');
      return base.findRuntime();
    },
    canDownload: () => {
      asked.push('probe');
      return base.canDownload();
    },
    download: () => {
      asked.push('download');
      return base.download();
    },
  };
  return { recorded, asked };
}

const absent = (): string | null => null;

/** A runtime that is there from the second question on. */
function afterDownload(): () => string | null {
  let questions = 0;
  return () => ((questions += 1) > 1 ? '/runtime/electron' : null);
}

describe('the host that starts', () => {
  it('is the desktop where the runtime is present, without touching the network', async () => {
    const { recorded, asked } = around();
    expect(await planStart(recorded)).toEqual({ host: 'desktop', binary: '/runtime/electron' });
    expect(asked).toEqual(['find']);
  });

  it('is the browser when asked for, without a word of reason', async () => {
    const { recorded, asked } = around({ browserWanted: true });
    expect(await planStart(recorded)).toEqual({ host: 'browser', reason: null });
    expect(asked).toEqual([]);
  });

  it('is the desktop after one download where the runtime is missing', async () => {
    const { recorded, asked } = around({ findRuntime: afterDownload() });
    expect(await planStart(recorded)).toEqual({ host: 'desktop', binary: '/runtime/electron' });
    expect(asked).toEqual(['find', 'probe', 'download', 'find']);
  });

  it.each([
    ['no display', { environment: {} }, /There is no display here/, []],
    ['root on Linux', { uid: 0 }, /as root/, []],
    [
      'offline',
      { findRuntime: absent, canDownload: async () => false },
      /cannot be reached/,
      ['find', 'probe'],
    ],
    [
      'a failed download',
      { findRuntime: absent, download: async () => 'it took longer than 600 s' },
      /could not be downloaded \(it took longer than 600 s\)/,
      ['find', 'probe', 'download'],
    ],
    [
      'a download that left nothing to run',
      { findRuntime: absent },
      /cannot be run/,
      ['find', 'probe', 'download', 'find'],
    ],
  ])('is the browser with one sentence: %s', async (_name, over, words, questions) => {
    const { recorded, asked } = around(over);
    const plan = await planStart(recorded);
    if (plan.host !== 'browser') throw new Error('expected the browser');
    expect(plan.reason).toMatch(words);
    expect(plan.reason).toMatch(/^[^.]+, so Cachedeck opens in the browser instead\.$/);
    expect(asked).toEqual(questions);
  });

  it('takes Wayland for a display, and needs none on macOS and Windows', async () => {
    for (const over of [
      { environment: { WAYLAND_DISPLAY: 'wayland-0' } },
      { platform: 'darwin', environment: {}, uid: 0 },
      { platform: 'win32', environment: {}, uid: null },
    ] as const) {
      expect((await planStart(around(over).recorded)).host).toBe('desktop');
    }
  });
});

describe('the command line', () => {
  it('passes host, port and profile on to the browser host', () => {
    expect(readArguments(['--browser', '--host', '0.0.0.0', '--port=8080', '--profile', 'demo'])).toEqual({
      browserWanted: true,
      profile: 'demo',
      passedOn: ['--host', '0.0.0.0', '--port', '8080', '--profile', 'demo'],
    });
  });

  it('knows the profile for the desktop too', () => {
    expect(readArguments(['--profile', 'orchestrator']).profile).toBe('orchestrator');
    expect(readArguments([])).toEqual({ browserWanted: false, profile: null, passedOn: [] });
  });

  it.each([
    [['--prot', '80'], /Unknown option --prot/],
    [['--browser', '--port'], /--port needs a value/],
    [['--port', '80'], /npm run serve/],
  ])('refuses %j with the usage', (args, words) => {
    expect(() => readArguments(args)).toThrow(words);
    expect(() => readArguments(args)).toThrow(/Usage:/);
  });
});
