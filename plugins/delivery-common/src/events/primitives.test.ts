import { repositorySchema, shaSchema, toServiceRef } from './primitives';
import {
  entityRefSchema,
  instantSchema,
  urlSchema,
} from '@fawkes/kit-contract';

describe('instants', () => {
  it.each([
    ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T09:00Z', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T09:00:00.123456789Z', '2026-03-01T09:00:00.123Z'],
    ['2024-02-29T00:00:00-12:00', '2024-02-29T12:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(instantSchema.parse(text)).toBe(instant);
    expect(instantSchema.parse(instant)).toBe(instant);
  });

  it.each([
    '2026-03-01T09:00:00',
    '2026-03-01',
    '2026-02-30T09:00:00Z',
    '2026-03-01T25:00:00Z',
    '2026-03-01T09:61:00Z',
    '1969-12-31T23:59:59Z',
    '2026-03-01 09:00:00Z',
    '20260301T090000Z',
    '1772355600',
    1772355600,
    null,
    '',
  ])('refuses %p', value => {
    expect(instantSchema.safeParse(value).success).toBe(false);
  });
});

describe('shas', () => {
  it.each([
    ['A'.repeat(40), true],
    ['0'.repeat(64), true],
    ['a'.repeat(39), false],
    ['a'.repeat(41), false],
    ['g'.repeat(40), false],
    [`${'a'.repeat(40)}\n`, false],
  ])('%j: %s', (text, good) => {
    expect(shaSchema.safeParse(text).success).toBe(good);
  });

  it('are lower case', () => {
    expect(shaSchema.parse('A'.repeat(40))).toBe('a'.repeat(40));
  });
});

describe('repositories', () => {
  it.each(['', '/', 'https://', ' acme/shop', 'acme/\u0000', '.git'])(
    'refuses %j',
    text => {
      expect(repositorySchema.safeParse(text).success).toBe(false);
    },
  );
});

describe('service references', () => {
  it.each([
    ['shop', 'component:default/shop'],
    ['Component:Default/Shop', 'component:default/shop'],
    ['prod/shop', 'component:prod/shop'],
    ['system:shop', 'system:default/shop'],
  ])('%s is %s', (text, ref) => {
    expect(entityRefSchema.parse(text)).toBe(ref);
    expect(toServiceRef(ref)).toBe(ref);
  });

  it.each(['', ':shop', 'a/b/c', 'component:', 'a b', 'a'.repeat(192)])(
    'refuses %j',
    text => {
      expect(entityRefSchema.safeParse(text).success).toBe(false);
    },
  );
});

it('opens web addresses only', () => {
  expect(urlSchema.safeParse('https://ci.acme.io/1').success).toBe(true);
  for (const url of ['data:text/html,x', 'file:///etc', 'ftp://x', 'ci/1']) {
    expect(urlSchema.safeParse(url).success).toBe(false);
  }
});
