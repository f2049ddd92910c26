import fc from 'fast-check';
import { DRIFT_WORDS } from '../contract';
import { driftOf, driftWord, type Managed } from './drift';

const thing = (other: Partial<Managed>): Managed => ({
  path: 'Dockerfile',
  written: 'a',
  wanted: 'a',
  found: 'a',
  needed: false,
  ...other,
});

describe('a managed thing', () => {
  it.each<[string, Partial<Managed>, string]>([
    ['as it was written', {}, 'in_sync'],
    ['changed by people', { found: 'x' }, 'changed_by_people'],
    ['removed, and not needed', { found: null }, 'changed_by_people'],
    ['removed, and needed', { found: null, needed: true }, 'broken'],
    ['there, and no longer fit', { found: 'x', unfit: true }, 'broken'],
    [
      'as it was written, and the template goes on',
      { wanted: 'b' },
      'behind_template',
    ],
    [
      'already as the template wants it',
      { wanted: 'b', found: 'b' },
      'in_sync',
    ],
    [
      'changed, and the template goes on',
      { wanted: 'b', found: 'x' },
      'changed_by_people',
    ],
    [
      'new in the template',
      { written: null, wanted: 'b', found: null },
      'behind_template',
    ],
    [
      'new in the template, and needed',
      { written: null, wanted: 'b', found: null, needed: true },
      'broken',
    ],
    ['dropped by the template', { wanted: null }, 'behind_template'],
    [
      'dropped by the template and by people',
      { wanted: null, found: null, needed: true },
      'in_sync',
    ],
    [
      'added by people',
      { written: null, wanted: null, found: 'x' },
      'changed_by_people',
    ],
  ])('%s is %s', (_, other, word) => {
    expect(driftOf(thing(other))).toBe(word);
  });
});

describe('a request', () => {
  const versions = { from: '1.0.0', to: '1.0.0' };

  it('is called by the worst of its things, and lists them', () => {
    const managed = [
      thing({}),
      thing({ path: 'ci.yaml', found: null, needed: true }),
      thing({ path: 'README.md', found: 'x' }),
    ];

    expect(driftWord({ reachable: true, managed, versions })).toMatchObject({
      word: 'broken',
      behind: null,
      files: [
        { path: 'ci.yaml', word: 'broken' },
        { path: 'README.md', word: 'changed_by_people' },
      ],
    });
  });

  it('is behind its template, also where no managed thing differs', () => {
    const behind = { from: '1.0.0', to: '1.2.0' };

    expect(
      driftWord({ reachable: true, managed: [thing({})], versions: behind }),
    ).toEqual({
      word: 'behind_template',
      reason: expect.objectContaining({
        text: 'The template has gone on from 1.0.0 to 1.2.0',
      }),
      behind,
      files: [],
    });
  });

  it('that cannot be reached is unknown, never in sync', () => {
    const behind = { from: '1.0.0', to: '1.2.0' };

    expect(
      driftWord({ reachable: false, managed: [thing({})], versions: behind }),
    ).toMatchObject({
      word: 'unknown',
      behind,
      files: [],
    });
  });

  it('with nothing managed is in sync', () => {
    expect(driftWord({ reachable: true, managed: [], versions }).word).toBe(
      'in_sync',
    );
  });

  it('has a word whatever is found', () => {
    const value = fc.constantFrom(null, 'a', 'b', 'x');
    const any = fc.record({
      path: fc.constant('f'),
      written: value,
      wanted: value,
      found: value,
      needed: fc.boolean(),
      unfit: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), fc.boolean(), (managed, reachable) => {
        const { word, files } = driftWord({ reachable, managed, versions });

        expect(DRIFT_WORDS).toContain(word);
        expect(word === 'in_sync').toBe(reachable && files.length === 0);
      }),
    );
  });
});
