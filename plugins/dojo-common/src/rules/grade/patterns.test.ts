import { matchesWhole, patternFault } from './patterns';

it.each([
  '(a+)+',
  '(a|b)*',
  '([a-z]+x)*',
  '((a)|b){21}',
  '(a{30}){2,}',
  '(?:a|b)+',
  '(a{0,30}){0,30}b',
])('refuses %s', pattern => {
  expect(patternFault(pattern)).toMatch(/repeat|large/);
});

it.each(['a(?=b)', '(a)\\1', '(?<=a)b', 'a{1001}', '('])(
  'refuses %s, which RE2 has not',
  pattern => {
    expect(patternFault(pattern)).toBeDefined();
  },
);

it.each([
  '[a-z]+',
  'a|b',
  '(a|b)c',
  '(ab){2}',
  '[(+*]+',
  '\\(a\\)+',
  'roll-?back',
  'a{3}b',
])('takes %s', pattern => {
  expect(patternFault(pattern)).toBeUndefined();
});

it('matches all of a text or nothing', () => {
  expect(matchesWhole('roll-?back', 'rollback')).toBe(true);
  expect(matchesWhole('roll-?back', 'a rollback')).toBe(false);
});
