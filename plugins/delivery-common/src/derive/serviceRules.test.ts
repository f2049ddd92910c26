import type { CommitNode } from './model';
import { isProduction, serviceRules, splitList } from './serviceRules';

const commit = (paths: string[] | null): CommitNode => ({
  repository: 'github.com/acme/mono',
  sha: 'a'.repeat(40),
  parents: [],
  paths,
  title: null,
  bot: false,
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
  ])('globs %j, paths %j: %s', (globs, paths, touches) => {
    const rules = serviceRules({ globs, countMerges: true, countBots: true });
    expect(rules.touches(commit(paths))).toBe(touches);
  });
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
