import { TestDatabases } from '@backstage/backend-test-utils';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { createHarness, sha } from '../../__testUtils__/harness';
import { tables } from '../../store/tables';
import { loadGraphs } from './loadGraph';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const REPOSITORY = 'github.com/acme/shop';

const NO_INSTANTS = {
  authored_at: null,
  committed_at: null,
  pushed_at: null,
  opened_at: null,
  ready_at: null,
  first_review_at: null,
  approved_at: null,
  merged_at: null,
};

/** Links of one chain, one commit each. */
function links(service: string, count: number) {
  return Array.from({ length: count }, (_, n) => ({
    ...NO_INSTANTS,
    service_ref: service,
    environment: 'production',
    kind: 'commit' as const,
    repository: REPOSITORY,
    change_id: sha(`${service}-${n}`),
    deployment_key: `${service}-${n}`.slice(-60),
    finished_at: n,
    coverage: 'contained' as const,
    counted: true,
    method: 'reachability' as const,
    sandbox: false,
  }));
}

/** The plans PostgreSQL makes for the statements that read links. */
async function plansOf(
  tx: Knex.Transaction,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const told: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
  const note = (statement: (typeof told)[number]) => told.push(statement);
  tx.on('query', note);
  await work();
  tx.removeListener('query', note);
  const plans: string[] = [];
  for (const { sql, bindings } of told) {
    if (!/\blinks\b/.test(sql)) continue;
    const { rows } = await tx.raw(
      `explain ${sql.replace(/\$\d+/g, '?')}`,
      bindings,
    );
    plans.push(rows.map((row: object) => Object.values(row)[0]).join('\n'));
  }
  return plans;
}

describe.each(databases.eachSupportedId())('loadGraphs, %s', id => {
  /**
   * A history that is loaded fills the tables within transactions, and no
   * statistics know of it. Going through all links of the chain for each commit
   * then makes minutes of seconds.
   */
  it('finds links by their change, whatever statistics say', async () => {
    const { db } = await createHarness(await databases.init(id));
    await insertRows(db, tables.links, links('other', 20));
    await db.raw('analyze links');
    await db.transaction(async tx => {
      await insertRows(tx, tables.links, links('shop', 5_000));
      const heads = Array.from({ length: 500 }, (_, n) => ({
        repository: REPOSITORY,
        sha: sha(`new-${n}`),
      }));
      const plans = await plansOf(tx, () =>
        loadGraphs(tx, [
          {
            service: 'shop',
            environment: 'production',
            heads,
            listed: [],
            artifacts: [],
          },
        ]),
      );
      expect(plans.length).toBeGreaterThanOrEqual(2);
      for (const plan of plans) {
        // What waits for its merge is seldom, and has an index of its own.
        expect(plan).toMatch(/links_(change|waiting)/);
        expect(plan).not.toMatch(
          /links_(chain|pkey|counted)|Seq Scan on links/,
        );
      }
    });
  });
});
