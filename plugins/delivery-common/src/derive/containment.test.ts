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

/** What complete pushes say, by the commit they end with. */
type Pushed = ReadonlyMap<string, readonly string[]>;

function graphOf(
  commits: readonly CommitNode[],
  pushed: Pushed = new Map(),
): ChangeGraph {
  const bySha = new Map(commits.map(commit => [commit.sha, commit]));
  return {
    pushed: (_, sha) => pushed.get(sha),
    isAncestor: () => false,
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
    failedLater: false,
    kind: null,
    startedAt: null,
    finishedAt: index,
    occurredAt: index,
    unplanned: null,
    fixesIncident: null,
    artifact: null,
    parts: [{ repository: REPOSITORY, sha, commits: null }],
  };
}

/** What is said of the last of some successes, of which c1 comes before c2. */
function repairOfLast(...deployments: ChainDeployment[]) {
  const graph: ChangeGraph = {
    ...graphOf([]),
    artifact: () => [{ repository: REPOSITORY, sha: 'c1' }],
    commit: (repository, sha) => ({
      repository,
      sha,
      parents: sha === 'c2' ? ['c1'] : [],
      paths: null,
      title: null,
      reverts: null,
      bot: false,
      botName: null,
    }),
    isAncestor: (_, sha, of) => sha === 'c1' && of === 'c2',
  };
  return containChain(deployments, graph, ALL).at(-1)?.repair;
}

describe('going back to an older commit', () => {
  const both = (index: number): ChainDeployment => ({
    ...success(index, 'c2'),
    parts: ['c2', 'c1'].map(sha => ({
      repository: REPOSITORY,
      sha,
      commits: null,
    })),
  });

  it('is seen in what a deployment names', () => {
    expect(repairOfLast(success(0, 'c2'), success(1, 'c1'))).toBe('rollback');
    expect(repairOfLast(success(0, 'c1'), success(1, 'c2'))).toBeNull();
  });

  it('is not seen in the second commit of one repository: the first says what runs', () => {
    expect(repairOfLast(success(0, 'c2'), both(1))).toBeNull();
    expect(repairOfLast(both(0), success(1, 'c1'))).toBe('rollback');
  });

  it('is not seen in what an artifact was built from', () => {
    const byArtifact = {
      ...success(1, ''),
      artifact: 'pkg:oci/shop',
      parts: [],
    };
    expect(repairOfLast(success(0, 'c2'), byArtifact)).toBeNull();
  });
});

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
              reverts: null,
              bot: false,
              botName: null,
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
          // A complete history that meets nothing is another beginning.
          const isComplete = [...all].every(sha =>
            graph
              .commit(REPOSITORY, sha)!
              .parents!.every(parent => graph.commit(REPOSITORY, parent)),
          );
          const seed =
            index === 0 ||
            (all.size > 0 && isComplete && fresh.length === all.size);
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
          named: () => head.length > 0,
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

  it('only ever carries more, the more is known of commits and pushes', () => {
    const place = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        history,
        chain,
        fc.array(fc.tuple(fc.nat(24), fc.nat(24), place), { maxLength: 12 }),
        fc.array(place, { minLength: 25, maxLength: 25 }),
        fc.array(place, { minLength: 25, maxLength: 25 }),
        (commits, successes, pushes, told, parents) => {
          const truth = graphOf(commits);
          // 0: known from the first, 1: later, 2: never.
          const known = (stage: number) => {
            const nodes = commits
              .filter(({ sha }) => told[Number(sha.slice(1))] <= stage)
              .map(commit =>
                parents[Number(commit.sha.slice(1))] <= stage
                  ? commit
                  : { ...commit, parents: null },
              );
            const pushed = new Map<string, string[]>();
            for (const [x, y, since] of pushes) {
              const [before, after] = [x, y].sort((a, b) => a - b);
              const all = reachable(`c${after}`, truth);
              if (since > stage || !all.has(`c${before}`)) continue;
              const was = reachable(`c${before}`, truth);
              const listed = [...all].filter(sha => !was.has(sha));
              const others = pushed.get(`c${after}`) ?? [];
              pushed.set(`c${after}`, [...others, `c${before}`, ...listed]);
            }
            return containChain(successes, graphOf(nodes, pushed), ALL);
          };
          const carried = (found: readonly Containment[]) => {
            const shas = new Set<string>();
            return found.map(one => {
              one.commits.forEach(({ sha }) => shas.add(sha));
              return new Set(shas);
            });
          };
          const [few, more] = [0, 1].map(stage => carried(known(stage)));
          few.forEach((shas, index) => {
            const lost = [...shas].filter(sha => !more[index].has(sha));
            expect(lost).toEqual([]);
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is never certain of commits whose parents nobody told', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(sha => ({
      repository: REPOSITORY,
      sha,
      parents: null,
      paths: null,
      title: null,
      reverts: null,
      bot: false,
      botName: null,
    }));
    const found = containChain(
      [success(0, 'a'), success(1, 'c')],
      graphOf([a, b, c], new Map([['c', ['a', 'b']]])),
      ALL,
    );
    expect(contained(found[1])).toEqual(['b', 'c']);
    expect(found[1].confidence).toBe('medium');
  });

  it('walks a history of a hundred thousand commits in one go', () => {
    const commits = Array.from({ length: 100_000 }, (_, index) => ({
      repository: REPOSITORY,
      sha: `c${index}`,
      parents: index > 0 ? [`c${index - 1}`] : [],
      paths: null,
      title: null,
      reverts: null,
      bot: false,
      botName: null,
    }));
    const found = containChain(
      [success(0, 'c1'), success(1, 'c99999')],
      graphOf(commits),
      ALL,
    );
    expect(found[1].commits).toHaveLength(99_998);
  });
});
