import { readCause } from './causes';
import { readCountRules } from './countRules';
import {
  cpuTimeOf,
  HOSTILE_SHAPES,
  nextShapes,
  outgrows,
} from '@internal/hostile-text';
import { MAX_PATH_PATTERN, readPathPattern } from './pathPattern';
import { containedPullRequests } from './pullRequests';
import { isProduction, serviceRules, splitList } from './serviceRules';

/** A path of an event has 1,024 characters at most; the soak goes beyond. */
const LONGEST = process.env.FAWKES_RUNS ? 1_048_576 : 16_384;
// Thousands of measurements on two busy cores: slow is not broken.
jest.setTimeout(600_000);
const MAX_PATH = 1_024;
/** Held against many patterns, so not as long as the rest. */
const LONG_PATH = process.env.FAWKES_RUNS ? 32_768 : 4_096;

/** Patterns as long as they may be, of what is taken and not refused. */
const patterns = [
  ...HOSTILE_SHAPES.map(({ of }) => of(MAX_PATH_PATTERN)),
  `**/${'*a'.repeat(126)}`,
  `${'**/a/'.repeat(50)}**`,
  `${'*/'.repeat(100)}*`,
  `${'?*'.repeat(128)}`,
].filter(pattern => readPathPattern(pattern).ok);

function slowOnes(
  run: (text: string) => void,
  longest: number = LONGEST,
): string[] {
  return nextShapes().flatMap(shape => outgrows(run, shape, longest) ?? []);
}

describe('takes time in proportion to its length:', () => {
  it('a pattern', () => {
    expect(slowOnes(text => readPathPattern(text))).toEqual([]);
  });

  it('a path held against a pattern', () => {
    for (const pattern of patterns) {
      const read = readPathPattern(pattern);
      const slow = slowOnes(
        text => void (read.ok && read.matches(text)),
        LONG_PATH,
      );
      expect([pattern, slow]).toEqual([pattern, []]);
    }
  });

  it('a title held against rules of what counts', () => {
    for (const pattern of [
      '*a*b',
      `${'*a'.repeat(120)}*b`,
      `*${'a'.repeat(200)}b*`,
    ]) {
      const rules = readCountRules([`!title=${pattern}`], 'bots');
      const slow = slowOnes(
        text => void rules.verdict({ title: [text] }),
        LONG_PATH,
      );
      expect([pattern, slow]).toEqual([pattern, []]);
    }
  });

  it('a rule of what counts', () => {
    expect(slowOnes(text => void readCountRules([text], 'bots'))).toEqual([]);
  });

  it('an annotation', () => {
    expect(slowOnes(text => splitList(text))).toEqual([]);
  });

  it('the name of an environment', () => {
    expect(slowOnes(text => isProduction(text, []))).toEqual([]);
  });

  it('the cause of an incident', () => {
    expect(slowOnes(readCause)).toEqual([]);
    expect(slowOnes(text => readCause(`https://a.io/${text}`))).toEqual([]);
  });

  it('the title of a commit', () => {
    const sha = 'a'.repeat(40);
    const commit = { repository: 'h/a/b', sha };
    const titled = (title: string) =>
      containedPullRequests({
        method: 'reachability',
        heads: [],
        finishedAt: 0,
        commits: [{ ...commit, coverage: 'contained', method: 'reachability' }],
        graph: {
          commit: () => ({
            ...commit,
            parents: [],
            paths: null,
            title,
            reverts: null,
            bot: false,
            botName: null,
          }),
          pullRequestsOf: () => [],
          pullRequestByHeadSha: () => undefined,
          pullRequest: () => undefined,
          artifact: () => [],
          pushed: () => undefined,
          isAncestor: () => false,
        },
        rules: serviceRules({ globs: [], countMerges: true, countBots: true }),
        before: () => undefined,
        waiting: [],
      });
    expect(slowOnes(titled)).toEqual([]);
  });
});

it('the worst pattern costs no more than a plain one as long', () => {
  const paths = HOSTILE_SHAPES.map(({ of }) => of(MAX_PATH));
  const costOf = (pattern: string) => {
    const { touches } = serviceRules({
      globs: [pattern],
      countMerges: true,
      countBots: true,
    });
    const commit = {
      repository: 'h/a/b',
      sha: 'a'.repeat(40),
      parents: [],
      paths: paths.map(path => `${path}\0`),
      title: null,
      reverts: null,
      bot: false,
      botName: null,
    };
    return cpuTimeOf(() => touches(commit));
  };
  // Which goes through all of every path, too.
  const plain = `**/${'a'.repeat(MAX_PATH_PATTERN - 3)}`;
  const dear = patterns.flatMap(pattern => {
    let cost = Infinity;
    let usual = Infinity;
    for (let look = 0; look < 5; look++) {
      cost = Math.min(cost, costOf(pattern));
      usual = Math.min(usual, costOf(plain));
      if (cost < 3 * usual + 5) return [];
    }
    return [`${pattern}: ${cost} ms and not ${usual} ms`];
  });
  expect(dear).toEqual([]);
});
