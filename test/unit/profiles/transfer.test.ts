import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileDraft } from '../../../shared/contract/profiles.ts';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { pollChoices } from '../../../shared/model/settings.ts';
import { resourceKeys } from '../../../shared/model/resources.ts';
import { freeName } from '../../../electron/core/profiles/names.ts';
import { draftOf, ProfileBed } from './profile-bed.ts';

let bed: ProfileBed;
beforeEach(() => void (bed = new ProfileBed()));
afterEach(() => bed.remove());

const secrets = {
  orchestratorKey: 'S3cret-key',
  portalPassword: 'S3cret-portal',
  workstationsPassword: 'S3cret-ws',
};
const name = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
  .map((text) => text.trim())
  .filter((text) => text !== '' && freeName(text, ['Demo']) === text);
const address = fc.record({
  url: fc.constantFrom(
    'https://a.example',
    'https://b.example:8443/x',
    'http://127.0.0.1:1',
    'http://c.example',
  ),
  allowHttp: fc.constant(true),
});
const draft: fc.Arbitrary<ProfileDraft> = fc.record({
  name,
  production: fc.boolean(),
  orchestrator: address,
  portal: fc.option(
    fc
      .tuple(address, fc.option(fc.emailAddress()), fc.boolean())
      .map(([of, email, uatPaths]) => ({ ...of, email, uatPaths })),
  ),
  workstations: fc.option(
    fc.tuple(address, fc.option(fc.string({ maxLength: 20 }))).map(([of, user]) => ({ ...of, user })),
  ),
  pollSeconds: fc.option(fc.constantFrom(...pollChoices)),
  ttlSeconds: fc.dictionary(fc.constantFrom(...resourceKeys), fc.integer({ min: 0, max: 86_400 })),
});

describe('export and import', () => {
  it('keep every draft and carry no secret and no id', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(draft, { maxLength: 5, selector: (one) => one.name.toLowerCase() }),
        async (drafts) => {
          const [from, to] = [new ProfileBed(), new ProfileBed()];
          try {
            const source = from.start();
            for (const one of drafts) await source.save({ id: null, draft: one, secrets, acceptWeak: false });
            const text = source.exportText();
            expect(text).not.toMatch(/S3cret|"id/);
            const target = to.start();
            const added = target.importText(text);
            const byName = (a: ProfileDraft, b: ProfileDraft) => (a.name < b.name ? -1 : 1);
            const read = added.map(({ id }) => {
              const found = target.find(id);
              expect([found.kind, ...Object.values(found.secrets)]).toEqual([
                'stored',
                'none',
                'none',
                'none',
              ]);
              return profileDraft.strip().parse(found);
            });
            expect(read.toSorted(byName)).toEqual(drafts.toSorted(byName));
          } finally {
            from.remove();
            to.remove();
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('adds beside what is there, under names that are free, and activates nothing', async () => {
    const service = bed.start();
    await service.save({ id: null, draft: draftOf('Lab'), secrets, acceptWeak: false });
    const text = service.exportText();
    expect(service.importText(text)).toMatchObject([{ name: 'Lab (2)' }]);
    expect(service.importText(text.replace('"Lab"', '"lAB"'))).toMatchObject([{ name: 'lAB (3)' }]);
    expect(service.importText(text.replace('"Lab"', '"Demo"'))).toMatchObject([{ name: 'Demo (2)' }]);
    expect(
      bed
        .start()
        .list()
        .map(({ name }) => name),
    ).toEqual(['Demo', 'Demo (2)', 'Lab', 'Lab (2)', 'lAB (3)']);
    expect([service.activeId, service.firstRun]).toEqual(['demo', true]);
  });

  it('ignores secrets, ids and anything else that was written into the file', () => {
    const service = bed.start();
    const { orchestrator, ...rest } = draftOf('lab');
    const written = {
      ...rest,
      id: 'demo',
      secrets,
      orchestratorKey: 'S3cret-key',
      orchestrator: { ...orchestrator, apiKey: 'S3cret-key' },
      ttlSeconds: { 'vpn:status': 7, 'future:thing': 9 },
    };
    const file = { format: 'cachedeck-profiles', version: 1, active: 'x', profiles: [written] };
    const [added] = service.importText(`\uFEFF${JSON.stringify(file)}`);
    expect(added?.id).toBe('id-1');
    const stored = JSON.stringify(bed.storage.json('profiles.json'));
    expect(stored).not.toContain('S3cret');
    expect(service.find('id-1').ttlSeconds).toEqual({ 'vpn:status': 7 });
    expect(service.find('id-1').secrets).toMatchObject({ orchestratorKey: 'none' });
  });

  const file = (profiles: unknown, more: object = {}) =>
    JSON.stringify({ format: 'cachedeck-profiles', version: 1, profiles, ...more });

  it.each([
    ['no JSON', '{', 'This is not a file of exported Cachedeck profiles.'],
    ['null', 'null', 'This is not a file of exported Cachedeck profiles.'],
    ['of another program', '{"format":"other","version":1}', 'This is not a file of exported'],
    ['newer', file([], { version: 2 }), 'was exported by a newer release of Cachedeck'],
    ['changed', file([{ ...draftOf('a'), pollSeconds: 7 }]), '(at profiles.0.pollSeconds)'],
    ['without profiles', file(undefined), '(at profiles)'],
    [
      'good but for one address',
      file([draftOf('a'), draftOf('b', { orchestrator: { url: 'https://u:S3cret@h', allowHttp: false } })]),
      'Profile 2 of the file: The address of the orchestrator must not carry credentials.',
    ],
  ])('a file that is %s is refused whole', (_, text, words) => {
    const service = bed.start();
    expect(() => service.importText(text)).toThrow(words);
    expect(() => service.importText(text)).not.toThrow('S3cret');
    expect(service.list()).toHaveLength(1);
  });
});

describe('free names', () => {
  it.each([
    ['lab', [], 'lab'],
    ['lab', ['LAB'], 'lab (2)'],
    ['lab', ['lab', 'Lab (2)'], 'lab (3)'],
    ['orchestrator', [], 'orchestrator (2)'],
    ['x'.repeat(60), ['x'.repeat(60)], `${'x'.repeat(56)} (2)`],
    [`x${'🚀'.repeat(29)}y`, [`x${'🚀'.repeat(29)}y`], `x${'🚀'.repeat(27)} (2)`],
  ])('%s beside %j is %s', (wanted, taken, free) => {
    expect(freeName(wanted, taken)).toBe(free);
  });
});
