import { TestDatabases } from '@backstage/backend-test-utils';
import { insertRows } from '@fawkes/kit-backend/sql';
import { createHarness, sha } from '../../__testUtils__/harness';
import { tables } from '../../store/tables';
import { loadGraphs, type Succeeding } from './loadGraph';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const REPOSITORY = 'github.com/acme/shop';

const at = (name: string, runs?: string): Succeeding => ({
  repository: REPOSITORY,
  sha: sha(name),
  ...(runs && { runs: sha(runs) }),
});

describe.each(databases.eachSupportedId())('loadGraphs, %s', id => {
  /** A graph of a ← b ← c whose chain deploys these, and how many walks looked for ancestors. */
  async function graphOf(heads: readonly Succeeding[]) {
    const { db } = await createHarness(await databases.init(id));
    await insertRows(
      db,
      tables.commits,
      ['a', 'b', 'c'].map((name, n, all) => ({
        repository: REPOSITORY,
        sha: sha(name),
        state: '{}',
        known: 'known' as const,
        source: 'test',
        sources: null,
        differing: false,
        reverts: null,
        parents: JSON.stringify(n > 0 ? [sha(all[n - 1])] : []),
        authored_at: n,
        committed_at: n,
        pushed_at: null,
        paths: null,
        title: null,
        squash_number: null,
        bot: false,
        bot_name: null,
        url: null,
      })),
    );
    return db.transaction(async tx => {
      let walks = 0;
      tx.on('query', ({ sql }: { sql: string }) => {
        if (/recursive walk\(repository, sha\)/.test(sql)) walks += 1;
      });
      const [graph] = await loadGraphs(tx, [
        {
          service: 'component:default/shop',
          environment: 'production',
          heads,
          listed: [],
          artifacts: [],
        },
      ]);
      return { graph, walks };
    });
  }

  it('sees that an older commit is deployed again', async () => {
    const { graph, walks } = await graphOf([
      at('a'),
      at('c', 'a'),
      at('a', 'c'),
    ]);
    expect(graph.isAncestor(REPOSITORY, sha('a'), sha('c'))).toBe(true);
    expect(graph.isAncestor(REPOSITORY, sha('c'), sha('a'))).toBe(false);
    expect(walks).toBe(1);
  });

  it('does not walk a history for a commit that was new when it was deployed, deployed again or not', async () => {
    const { graph, walks } = await graphOf([
      at('a'),
      at('b', 'a'),
      at('b', 'b'),
      at('c', 'b'),
    ]);
    expect(graph.isAncestor(REPOSITORY, sha('b'), sha('a'))).toBe(false);
    expect(walks).toBe(0);
  });
});
