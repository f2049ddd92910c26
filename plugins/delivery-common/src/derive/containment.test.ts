import fc from 'fast-check';
import { containChain, EMPTY_PAST } from './containment';
import type {
  ChainDeployment,
  ChangeGraph,
  CommitNode,
  Containment,
  Coverage,
} from './model';
import { serviceRules } from './serviceRules';

const REPOSITORY = 'github.com/acme/shop';
const ALL = serviceRules({ globs: [], countMerges: true, countBots: true });

function graphOf(commits: readonly CommitNode[]): ChangeGraph {
  const bySha = new Map(commits.map(commit => [commit.sha, commit]));
  return {
    commit: (_, sha) => bySha.get(sha),
    pullRequestsOf: () => [],
    pullRequestByHeadSha: () => undefined,
    pullRequest: () => undefined,
    artifact: () => [],
  };
}

function success(index: number, sha: string): ChainDeployment {
  return {
    key: `d${index}`,
    source: 'ci',
    id: `d${index}`,
    environment: 'production',
    status: 'success',
    kind: 'deploy',
    finishedAt: index,
    occurredAt: index,
    unplanned: null,
    fixesIncident: null,
    artifact: null,
    parts: [{ repository: REPOSITORY, sha, commits: null }],
  };
}

/** Histories with branches and merges, of which some commits are not known. */
const history = fc
  .array(
    fc.record({
      known: fc.integer({ min: 0, max: 9 }).map(n => n > 0),
      parents: fc.array(fc.nat(30), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map(nodes =>
    nodes.flatMap(({ known, parents }, index): CommitNode[] =>
      known
        ? [
            {
              repository: REPOSITORY,
              sha: `c${index}`,
              parents:
                index === 0
                  ? []
                  : [...new Set(parents.map(parent => `c${parent % index}`))],
              paths: null,
              title: null,
              bot: false,
            },
          ]
        : [],
    ),
  );

const chain = fc
  .array(fc.nat(24), { minLength: 1, maxLength: 12 })
  .map(heads => heads.map((head, index) => success(index, `c${head}`)));

/** Everything reachable, the slow and obvious way. */
function reachable(head: string, graph: ChangeGraph): Set<string> {
  const found = new Set<string>();
  const visit = (sha: string) => {
    const commit = graph.commit(REPOSITORY, sha);
    if (!commit || found.has(sha)) return;
    found.add(sha);
    commit.parents?.forEach(visit);
  };
  visit(head);
  return found;
}

const contained = (found: Containment) =>
  found.commits
    .filter(({ coverage }) => coverage === 'contained')
    .map(({ sha }) => sha);

describe('a chain of successes', () => {
  it('gives a change to the first from which it is reachable, and to no other', () => {
    fc.assert(
      fc.property(history, chain, (commits, successes) => {
        const graph = graphOf(commits);
        const found = containChain(successes, graph, ALL);
        const before = new Set<string>();
        successes.forEach((deployment, index) => {
          const all = reachable(deployment.parts[0].sha!, graph);
          const fresh = [...all].filter(sha => !before.has(sha)).sort();
          const seed = index === 0;
          expect(contained(found[index])).toEqual(seed ? [] : fresh);
          all.forEach(sha => before.add(sha));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('says the same in one run and in two', () => {
    fc.assert(
      fc.property(history, chain, fc.nat(12), (commits, successes, cut) => {
        const graph = graphOf(commits);
        const whole = containChain(successes, graph, ALL);
        const head = successes.slice(0, cut);
        const covered = new Map<string, Coverage>(
          containChain(head, graph, ALL).flatMap(found =>
            found.commits.map(({ sha, coverage }) => [sha, coverage]),
          ),
        );
        const tail = containChain(successes.slice(cut), graph, ALL, {
          ...EMPTY_PAST,
          seeded: head.length > 0,
          coverage: (_, sha) => covered.get(sha),
        });
        expect(tail).toEqual(whole.slice(cut));
      }),
      { numRuns: 500 },
    );
  });

  it('reports every unknown commit it stopped at', () => {
    fc.assert(
      fc.property(history, chain, (commits, successes) => {
        const graph = graphOf(commits);
        const [seed] = containChain(successes, graph, ALL);
        const names = [
          successes[0].parts[0].sha!,
          ...[...reachable(successes[0].parts[0].sha!, graph)].flatMap(
            sha => graph.commit(REPOSITORY, sha)?.parents ?? [],
          ),
        ];
        const unknown = names.filter(sha => !graph.commit(REPOSITORY, sha));
        expect(seed.unknown.map(({ sha }) => sha).sort()).toEqual(
          [...new Set(unknown)].sort(),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('walks a history of a hundred thousand commits in one go', () => {
    const commits = Array.from({ length: 100_000 }, (_, index) => ({
      repository: REPOSITORY,
      sha: `c${index}`,
      parents: index > 0 ? [`c${index - 1}`] : [],
      paths: null,
      title: null,
      bot: false,
    }));
    const found = containChain(
      [success(0, 'c1'), success(1, 'c99999')],
      graphOf(commits),
      ALL,
    );
    expect(found[1].commits).toHaveLength(99_998);
  });
});
