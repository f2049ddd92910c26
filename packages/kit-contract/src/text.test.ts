import { countOf, entityRefSchema, toEntityRef, urlSchema } from './text';

describe('toEntityRef', () => {
  it.each([
    ['Payments', 'component:default/payments'],
    ['team/Payments', 'component:team/payments'],
    ['Resource:db', 'resource:default/db'],
    ['group:ns/A', 'group:ns/a'],
  ])('completes %s', (ref, full) => {
    expect(toEntityRef(ref)).toBe(full);
    expect(entityRefSchema.parse(ref)).toBe(full);
    expect(toEntityRef(full)).toBe(full);
  });

  it('takes another kind for those that name none', () => {
    expect(toEntityRef('mira', 'user')).toBe('user:default/mira');
  });
});

it.each(['a b', ':x', 'x'.repeat(192), ''])('%j is no entity', text => {
  expect(entityRefSchema.safeParse(text).success).toBe(false);
});

it.each([
  ['https://example.com/x', true],
  ['ftp://example.com/x', false],
  ['data:text/html,x', false],
  ['//example.com', false],
  [`https://example.com/${'x'.repeat(2_048)}`, false],
])('%s', (text, fine) => {
  expect(urlSchema.safeParse(text).success).toBe(fine);
});

it.each([
  [0, '0 entries'],
  [1, '1 entry'],
  [2, '2 entries'],
])('counts %d in words', (number, says) => {
  expect(countOf(number, 'entry', 'entries')).toBe(says);
  expect(countOf(number, 'file')).toBe(
    `${number} file${number === 1 ? '' : 's'}`,
  );
});
