import fc from 'fast-check';
import { DRIFT_WORDS } from '../contract';
import { driftOf, driftWord } from './drift';
import type { Managed } from './managed';

const thing = (other: Partial<Managed>): Managed => ({
  path: 'Dockerfile',
  written: 'a',
  wanted: 'a',
  found: 'a',
  needed: false,
  ...other,
});

it('says of the whole what was seen, where that is the worst', () => {
  const versions = { from: '1.0.0', to: '1.0.0' };
  const reason = { code: 'x', params: {}, text: 'It is archived' };
  const seen = { path: 'acme/pay', word: 'broken', reason } as const;
  const drift = driftWord({
    reachable: true,
    managed: [thing({ found: 'x' })],
    others: [seen],
    versions,
  });
  expect(drift).toMatchObject({ word: 'broken', reason });
  expect(drift.files.map(({ word }) => word)).toEqual([
    'broken',
    'changed_by_people',
  ]);
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

describe('why a field is called so', () => {
  const versions = { from: '1.0.0', to: '1.0.0' };
  const pinned = (digit: string) => `node:24@sha256:${digit.repeat(64)}`;
  const short = (digit: string) => `node:24@sha256:${digit.repeat(12)}…`;
  const reasonOf = (other: Partial<Managed>) =>
    driftWord({ reachable: true, managed: [thing(other)], versions }).files.map(
      ({ reason: { code, params } }) => [code, params],
    );
  const bases = (written: string, wanted: string, found: string | null) =>
    reasonOf({
      path: 'Dockerfile#FROM',
      field: 'bases',
      needed: true,
      written,
      wanted,
      found,
    });

  it.each([
    [
      'another digest than the pinned one',
      pinned('a'),
      pinned('a'),
      pinned('b'),
      'drift.base_changed',
      { found: short('b'), wanted: short('a') },
    ],
    [
      'no digest',
      pinned('a'),
      pinned('a'),
      'node:24',
      'drift.base_unpinned',
      { found: 'node:24', wanted: short('a') },
    ],
    [
      'the pin before the newest',
      pinned('a'),
      pinned('b'),
      pinned('a'),
      'drift.base_behind',
      { found: short('a'), wanted: short('b') },
    ],
    [
      'one more image',
      pinned('a'),
      pinned('a'),
      `${pinned('a')}\nalpine`,
      'drift.base_unpinned',
      { found: 'alpine', wanted: short('a') },
    ],
    [
      'one image less',
      `${pinned('a')}\nscratch`,
      `${pinned('a')}\nscratch`,
      pinned('a'),
      'drift.base_gone',
      { wanted: 'scratch' },
    ],
  ])('names %s', (_, written, wanted, found, code, params) => {
    expect(bases(written, wanted, found)).toEqual([[code, params]]);
  });

  it('needs no words of its own where the Dockerfile is gone, or only in another order', () => {
    expect(bases('a', 'a', null)).toEqual([['drift.broken', {}]]);
    expect(bases('a\nb', 'a\nb', 'b\na')).toEqual([
      ['drift.changed_by_people', {}],
    ]);
  });

  it.each<[string, Partial<Managed>, string]>([
    ['changed', { found: 'x' }, 'drift.annotation_changed'],
    ['taken out', { found: null }, 'drift.annotation_gone'],
    ['behind', { wanted: 'b' }, 'drift.annotation_behind'],
    [
      'new in the template',
      { written: null, wanted: 'b', found: null },
      'drift.annotation_new',
    ],
    ['dropped by the template', { wanted: null }, 'drift.annotation_dropped'],
  ])('tells an annotation that was %s', (_, other, code) => {
    const path = 'catalog-info.yaml#fawkes.dev/template';
    const [[found, params]] = reasonOf({ ...other, path, field: 'annotation' });
    expect(found).toBe(code);
    expect(params).toMatchObject({ annotation: 'fawkes.dev/template' });
  });

  it('clips what people wrote', () => {
    const [[, params]] = reasonOf({
      path: 'catalog-info.yaml#a',
      field: 'annotation',
      found: 'x'.repeat(9_000),
    });
    expect(JSON.stringify(params).length).toBeLessThan(500);
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
      field: fc.constantFrom(
        undefined,
        'bases' as const,
        'annotation' as const,
      ),
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
