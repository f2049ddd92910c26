import type { CommitNode } from './model';
import { isProduction, serviceRules, splitList } from './serviceRules';

const commit = (paths: string[] | null): CommitNode => ({
  repository: 'github.com/acme/mono',
  sha: 'a'.repeat(40),
  parents: [],
  paths,
  title: null,
  reverts: null,
  bot: false,
  botName: null,
});

describe('the commits of a service', () => {
  it.each([
    [[], ['anything'], true],
    [[], [], true],
    [['shop/**'], ['shop/a/b.ts'], true],
    [['shop/**'], ['shop/.env'], true],
    [['shop/**'], ['shopping/a.ts'], false],
    [['shop/**', 'lib/*.ts'], ['cart/a.ts', 'lib/x.ts'], true],
    [['lib/*.ts'], ['lib/deep/x.ts'], false],
    [['shop/**'], [], false],
    [['shop/**'], null, true],
    [['*.md'], ['README.md'], true],
    // What is refused is as if it were not there; with nothing left, so is all of it.
    [['+(a*)b', 'shop/**'], ['cart/a.ts'], false],
    [['+(a*)b', 'shop/**'], ['shop/a.ts'], true],
    [['+(a*)b', '[id]/**'], ['cart/a.ts'], true],
  ])('globs %j, paths %j: %s', (globs, paths, touches) => {
    const rules = serviceRules({ globs, countMerges: true, countBots: true });
    expect(rules.touches(commit(paths))).toBe(touches);
  });
});

it('reads no more patterns, and no longer ones, than it may', () => {
  const touches = (globs: string[], path: string) =>
    serviceRules({ globs, countMerges: true, countBots: true }).touches(
      commit([path]),
    );
  const fifty = Array.from({ length: 50 }, (_, n) => `s${n}/**`);
  expect(touches([...fifty, 'shop/**'], 's49/a.ts')).toBe(true);
  expect(touches([...fifty, 'shop/**'], 'shop/a.ts')).toBe(false);
  expect(touches([`${'a'.repeat(70_000)}/**`], 'shop/a.ts')).toBe(true);
  expect(touches([`${'a'.repeat(70_000)}/**`, 'x'], 'shop/a.ts')).toBe(false);
});

it('does not try every way an extended glob could fit', () => {
  const rules = serviceRules({
    globs: ['+(a*)b', '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b', '(a+)+b'],
    countMerges: true,
    countBots: true,
  });
  expect(rules.touches(commit([`${'a'.repeat(1_000)}!`]))).toBe(false);
});

describe('production', () => {
  it.each([
    ['prod', [], true],
    ['Production', [], true],
    ['preprod', [], false],
    ['production-eu', [], false],
    ['LIVE', ['live'], true],
    ['production', ['live'], false],
  ])('%s with %j named: %s', (environment, named, production) => {
    expect(isProduction(environment, named)).toBe(production);
  });

  it('follows the configured expression', () => {
    expect(isProduction('prod-eu', [], /^prod-/)).toBe(true);
    expect(isProduction('prod', [], /^prod-/)).toBe(false);
  });
});

it('splits annotations', () => {
  expect(splitList(' a, b ,,c')).toEqual(['a', 'b', 'c']);
  expect(splitList(undefined)).toEqual([]);
});
