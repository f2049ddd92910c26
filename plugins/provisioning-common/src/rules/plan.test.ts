import { planSchema, type Plan } from '../contract';
import { factsOf, normalOf, sha256 } from './__testUtils__/made';
import {
  makePlan,
  obstaclesOf,
  plannedFile,
  textOf,
  type ObstacleInput,
  type PlanInput,
} from './plan';

const bytes = (text: string) => new TextEncoder().encode(text);

const input = (other: Partial<PlanInput> = {}): PlanInput => {
  const { bundleDigest: _, ...facts } = factsOf();
  return {
    spec: normalOf(),
    files: [
      { path: 'package.json', mode: '644', bytes: bytes('{}\n') },
      { path: 'run.sh', mode: '755', bytes: bytes('#!/bin/sh\n') },
    ],
    facts,
    cost: { amountMinor: 5, currency: 'EUR', per: 'month', rateCard: '1' },
    isolation: null,
    obstacles: [],
    asOf: '2026-01-01T00:00:00.000Z',
    ...other,
  };
};

const digests = ({ specDigest, planDigest, bundleDigest }: Plan) => ({
  specDigest,
  planDigest,
  bundleDigest,
});

describe('a plan', () => {
  it('fits the contract and is the same again', () => {
    const plan = makePlan(input(), sha256);

    expect(planSchema.parse(plan)).toEqual(plan);
    expect(makePlan(input(), sha256)).toEqual(plan);
  });

  it('keeps its digests whatever it costs and whenever it is asked for', () => {
    const later = makePlan(
      input({
        cost: {
          amountMinor: null,
          reason: { code: 'x', params: {}, text: '' },
        },
        asOf: '2027-01-01T00:00:00.000Z',
      }),
      sha256,
    );

    expect(digests(later)).toEqual(digests(makePlan(input(), sha256)));
  });

  it('has another digest when a file has another mode', () => {
    const [first, second] = input().files;
    const plan = makePlan(
      input({ files: [{ ...first, mode: '755' }, second] }),
      sha256,
    );
    const before = makePlan(input(), sha256);

    expect(plan.specDigest).toBe(before.specDigest);
    expect(plan.bundleDigest).not.toBe(before.bundleDigest);
    expect(plan.planDigest).not.toBe(before.planDigest);
  });

  it('of what is there already proposes', () => {
    const { facts } = input();
    const plan = makePlan(
      input({ facts: { ...facts, mode: 'update' } }),
      sha256,
    );

    expect(plan.effects.map(({ type }) => type)).toEqual(['repo:propose']);
    expect(plan.planDigest).not.toBe(makePlan(input(), sha256).planDigest);
  });
});

describe('a file', () => {
  const shown = (content: Uint8Array) =>
    plannedFile({ path: 'f', mode: '644', bytes: content }, sha256);

  it('is shown whole', () => {
    expect(shown(bytes('Köln\n'))).toEqual({
      path: 'f',
      mode: '644',
      size: 6,
      sha256: sha256('Köln\n'),
      content: 'Köln\n',
      omitted: null,
    });
  });

  it.each([
    ['binary', new Uint8Array([0x89, 0x50, 0])],
    ['binary', new Uint8Array([0xff, 0xfe])],
    ['large', bytes('x'.repeat(256 * 1024 + 1))],
  ])('is left out where it is %s', (omitted, content) => {
    expect(shown(content)).toMatchObject({
      content: null,
      omitted,
      size: content.length,
    });
  });

  it('keeps a byte order mark: text is the same bytes again', () => {
    expect(bytes(textOf(bytes('\ufeffa'))!)).toEqual(bytes('\ufeffa'));
  });
});

describe('what stands in the way', () => {
  const way = (other: Partial<ObstacleInput> = {}) =>
    obstaclesOf({
      spec: normalOf(),
      facts: factsOf(),
      ownerAllowed: true,
      quotas: [],
      ...other,
    }).map(({ code }) => code);

  it.each<[string, Partial<ObstacleInput>, string[]]>([
    ['nothing', {}, []],
    [
      'a reserved name',
      { facts: factsOf({ name: 'node' }) },
      ['name.reserved'],
    ],
    ['a name that is taken', { takenBy: 'group:default/shop' }, ['name.taken']],
    [
      'a repository of others',
      { facts: factsOf({ repository: 'taken' }) },
      ['name.taken_elsewhere'],
    ],
    [
      'an entity of others',
      { facts: factsOf({ entity: 'other' }) },
      ['name.in_catalog'],
    ],
    [
      'an owner that is not yours',
      { ownerAllowed: false },
      ['owner.not_yours'],
    ],
    [
      'a full quota',
      { quotas: [{ kind: 'owner', limit: 1, used: 1, holders: [] }] },
      ['quota.owner'],
    ],
    [
      'all of it',
      {
        takenBy: 'g',
        ownerAllowed: false,
        facts: factsOf({ name: 'test', entity: 'other' }),
      },
      ['name.reserved', 'name.taken', 'name.in_catalog', 'owner.not_yours'],
    ],
  ])('%s', (_, other, codes) => {
    expect(way(other)).toEqual(codes);
  });
});
