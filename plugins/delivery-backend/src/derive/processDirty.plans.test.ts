import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createHarness, deriveContext, NOW } from '../__testUtils__/harness';
import { processDirty } from './processDirty';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SERVICES = 200;
const DEPLOYMENTS = 40_000;
/** Tables that grow with history, and that are filled here. */
const LARGE =
  /Seq Scan on (links|deployments|deployment_facts|deployment_parts|commits)\b/;

/** A history of deployments with three commits each, and its statistics. */
async function fill(db: Knex): Promise<void> {
  const service = `'component:default/s' || (n % ${SERVICES})`;
  const repository = `'github.com/acme/r' || (n % ${SERVICES})`;
  const key = (what: string) =>
    `encode(sha256(('${what}' || n)::bytea), 'hex')`;
  const at = `${NOW - 2 * DEPLOYMENTS * 60_000} + n * 60000.0`;
  const rows = `from generate_series(1, ${DEPLOYMENTS}) n`;
  const commit = `substr(encode(sha256((n || '-' || c)::bytea), 'hex'), 1, 40)`;
  const commits = `${rows} cross join generate_series(1, 3) c`;
  for (const sql of [
    `insert into deployment_facts (fact_key, state, known, source, ext_id, service,
        environment, status, kind, started_at, finished_at, occurred_at)
      select ${key(
        'f',
      )}, '{}', 'known', 'ci', 'd' || n, ${service}, 'production',
        'success', 'release', ${at}, ${at}, ${at} ${rows}`,
    `insert into deployment_parts (fact_key, position, repository, sha, at)
      select ${key('f')}, 0, ${repository},
        substr(encode(sha256((n || '-3')::bytea), 'hex'), 1, 40), ${at} ${rows}`,
    `insert into deployments (key, service_ref, fact_key, environment, source, ext_id,
        production, status, kind, started_at, finished_at, occurred_at, at, reached,
        success, seed, method, confidence, changes, failed, causes, rework, shared, sandbox)
      select ${key('k')}, ${service}, ${key('f')}, 'production', 'ci', 'd' || n,
        true, 'success', 'release', ${at}, ${at}, ${at}, ${at}, true,
        true, false, 'reachability', 'high', 3, false, '[]', false, false, false ${rows}`,
    `insert into commits (repository, sha, state, known, source, bot)
      select ${repository}, ${commit}, '{}', 'known', 'git', false ${commits}`,
    `insert into links (service_ref, environment, kind, repository, change_id,
        deployment_key, finished_at, coverage, counted, method, sandbox)
      select ${service}, 'production', 'commit', ${repository}, ${commit}, ${key(
      'k',
    )},
        ${at}, 'contained', true, 'reachability', false ${commits}`,
    'analyze',
  ]) {
    await db.raw(sql);
  }
}

describe.each(databases.eachSupportedId())('processDirty, %s', id => {
  /**
   * What a service is told now must not cost more the longer its history or the
   * more services there are: a batch looks rows up.
   */
  it('reads no large table from end to end for the news of some services', async () => {
    const { db, config, tell, settle } = await createHarness(
      await databases.init(id),
    );
    await fill(db);
    const news = Array.from({ length: 30 }, (_, n) => ({
      type: 'deployment',
      source: 'ci',
      id: `new-${n}`,
      occurredAt: new Date(NOW - 1_000).toISOString(),
      service: `component:default/s${n}`,
      environment: 'production',
      status: 'success',
      repository: `github.com/acme/r${n}`,
      sha: 'a'.repeat(40),
      finishedAt: new Date(NOW - 1_000).toISOString(),
    }));
    await tell(news);
    await settle();

    await db('dirty_services').insert(
      news.map(({ service }) => ({
        service_ref: service,
        from_at: NOW - 2_000,
        judge_from: NOW - 2_000,
        since: NOW,
      })),
    );
    const told: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
    const note = (statement: (typeof told)[number]) => told.push(statement);
    db.on('query', note);
    const done = await processDirty(db, 100, {
      ...deriveContext(config),
      now: NOW,
    });
    db.removeListener('query', note);
    expect(done).toHaveLength(30);
    // Together, and not one by one.
    expect(told.length).toBeLessThan(80);

    let explained = 0;
    for (const { sql, bindings } of told) {
      if (!/^\s*(select|delete|update|insert|with)\b/.test(sql)) continue;
      const { rows } = await db.raw(
        `explain ${sql.replace(/\$\d+/g, '?')}`,
        bindings,
      );
      const plan = rows.map((row: object) => Object.values(row)[0]).join('\n');
      expect(`${sql}\n${plan}`).not.toMatch(LARGE);
      explained += 1;
    }
    expect(explained).toBeGreaterThan(20);
  });
});
