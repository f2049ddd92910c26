import fc from 'fast-check';
import type { Involved } from './duties';
import type { KnownPerson } from './identity';
import { countingReviewers, type CodeReview } from './reviews';

const member = (name: string): KnownPerson => ({
  userRef: `user:default/${name}`,
  emails: [`${name}@example.com`],
  accounts: [{ provider: 'github.com', login: name }],
});
const MEMBERS = ['sue', 'ada', 'bob'].map(member);
const review = (name: string, more: Partial<CodeReview> = {}): CodeReview => ({
  by: { account: { provider: 'github.com', login: name } },
  state: 'approved',
  ofHead: true,
  at: 1,
  ...more,
});
const author: Involved = { duty: 'author', email: 'ada@example.com' };
const of = (reviews: CodeReview[], members = MEMBERS) =>
  countingReviewers(reviews, [author], members);
const SUE = ['user:default/sue'];

it.each<[string, CodeReview[], string[]]>([
  ['an approval of what is deployed', [review('sue')], SUE],
  ['none of another commit', [review('sue', { ofHead: false })], []],
  ['none of the author', [review('ada')], []],
  ['none of a stranger', [review('eve')], []],
  [
    'none that was taken back',
    [review('sue'), review('sue', { state: 'dismissed', at: 2 })],
    [],
  ],
  [
    'none at the same instant as a rejection',
    [review('sue', { state: 'rejected' }), review('sue')],
    [],
  ],
  [
    'none at the same instant as one of another commit',
    [review('sue', { ofHead: false }), review('sue')],
    [],
  ],
  [
    'one after a rejection',
    [review('sue', { state: 'rejected' }), review('sue', { at: 2 })],
    SUE,
  ],
  [
    'one with a remark after it',
    [review('sue'), review('sue', { state: 'commented', at: 2 })],
    SUE,
  ],
  [
    'one by another way of naming somebody',
    [review('x', { by: { email: 'SUE@example.com' } })],
    SUE,
  ],
])('counts %s', (_what, reviews, counting) => {
  expect(of(reviews)).toEqual(counting);
});

it('counts none of two Users who share an account', () => {
  const twin = { ...member('twin'), emails: ['sue@example.com'] };
  expect(
    of(
      [review('sue', { by: { email: 'sue@example.com' } })],
      [...MEMBERS, twin],
    ),
  ).toEqual([]);
});

it('never counts the author side, in whatever order', () => {
  const some = fc.array(
    fc.record({
      by: fc
        .constantFrom('sue', 'ada', 'bob', 'eve')
        .map(name => ({ email: `${name}@example.com` })),
      state: fc.constantFrom(
        'approved' as const,
        'rejected' as const,
        'dismissed' as const,
        'commented' as const,
      ),
      ofHead: fc.boolean(),
      at: fc.nat(5),
    }),
  );
  fc.assert(
    fc.property(some, reviews => {
      const counting = of(reviews);
      expect(counting).not.toContain('user:default/ada');
      expect(of([...reviews].reverse())).toEqual(counting);
    }),
  );
});
