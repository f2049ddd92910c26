import { TestDatabases } from '@backstage/backend-test-utils';
import { isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { createHarness, NOW, sha } from '../__testUtils__/harness';
import { deriveContextOf } from './deriveContext';
import { processDirty } from './processDirty';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SERVICES = 200;
// Filling takes its time.
jest.setTimeout(300_000);
/** Tables that grow with history, and that are filled here. */
const LARGE = `(${[
  'links',
  'deployments',
  'deployment_facts',
  'deployment_parts',
  'deployment_members',
  'commits',
  'pushes',
  'push_edges',
  'push_commits',
  'pull_requests',
  'pull_request_commits',
  'incidents',
  'incident_links',
].join('|')})`;

/**
 * Rows of a history: one deployment of two jobs, with the commits it brought and
 * the push that says so.
 */
function rowsOf(n: number, count: number): Record<string, object[]> {
  const service_ref = `component:default/s${n % SERVICES}`;
  const repository = `github.com/acme/r${n % SERVICES}`;
  const at = NOW - (2 * count - n) * 60_000;
  const [fact_key, key] = [`f${n}`, `k${n}`];
  const shas = [1, 2, 3].map(c => sha(`${n}-${c}`));
  const told = {
    fact_key,
    environment: 'production',
    source: 'ci',
    ext_id: `d${n}`,
    chain: 'production',
    status: 'success',
    kind: 'release',
    finished_at: at,
    occurred_at: at,
  };
  return {
    deployment_facts: [
      {
        ...{ ...told, service: service_ref, run: `r${n}` },
        ...{ state: '{}', known: 'known' },
      },
    ],
    deployment_parts: [{ fact_key, position: 0, repository, sha: shas[2], at }],
    deployments: [
      {
        ...told,
        ...{ key, service_ref, at, changes: 3, causes: '[]' },
        ...{ production: true, reached: true, success: true, seed: false },
        ...{ method: 'reachability', confidence: 'high', failed: false },
        ...{ rework: false, shared: false, sandbox: false },
      },
    ],
    deployment_members: [
      {
        ...{ key: `m${n}`, counted_key: key, service_ref },
        ...{ fact_key: `fm${n}`, ext_id: `dm${n}`, at },
      },
    ],
    named_repositories:
      n < SERVICES
        ? [
            {
              service_ref,
              environment: 'production',
              repository,
              finished_at: at,
            },
          ]
        : [],
    commits: shas.map((name, c) => ({
      ...{ repository, sha: name, state: '{}', known: 'known' },
      ...{ source: 'git', bot: false },
      parents: JSON.stringify(shas.slice(0, c).slice(-1)),
    })),
    pushes: [
      {
        ...{ fact_key: `p${n}`, state: '{}', known: 'known', source: 'github' },
        ...{ repository, ref: 'refs/heads/main', occurred_at: at },
        ...{ before_sha: sha(`${n - SERVICES}-3`), after_sha: shas[2] },
        ...{ forced: false, created: false, complete: true },
        commits: JSON.stringify(shas),
      },
    ],
    push_edges: [
      {
        ...{ repository, sha: shas[2] },
        reached: JSON.stringify([
          sha(`${n - SERVICES}-3`),
          ...shas.slice(0, 2),
        ]),
      },
    ],
    push_commits: shas.map(name => ({
      ...{ repository, sha: name, fact_key: `p${n}` },
    })),
    pull_requests: [
      {
        ...{ repository, number: n, state: '{}', known: 'known' },
        ...{ source: 'git', commits: JSON.stringify(shas) },
        ...{ head_sha: shas[2], merge_sha: shas[2], merged_at: at, bot: false },
      },
    ],
    pull_request_commits: shas.map(name => ({
      repository,
      sha: name,
      number: n,
    })),
    incidents: [
      {
        ...{ fact_key: `i${n}`, state: '{}', known: 'known', source: 'pager' },
        ...{ ext_id: `i${n}`, service: service_ref, opened_at: at + 1 },
        caused_by: n % 2 === 0 ? `d${n}` : null,
      },
    ],
    incident_links: [
      {
        ...{ incident_key: `i${n}`, deployment_key: key, service_ref },
        rule: n % 2 === 0 ? 'caused-by' : 'window',
      },
    ],
    links: shas.map(change_id => ({
      ...{ service_ref, environment: 'production', kind: 'commit' },
      ...{ repository, change_id, deployment_key: key, finished_at: at },
      ...{ coverage: 'contained', counted: true, method: 'reachability' },
      sandbox: false,
    })),
  };
}

/** Fills a history; PostgreSQL learns of it, as it does by itself, and SQLite never. */
async function fill(db: Knex, count: number): Promise<void> {
  for (let start = 0; start < count; start += 1_000) {
    const batch = Array.from({ length: 1_000 }, (_, n) =>
      rowsOf(start + n, count),
    );
    for (const table of Object.keys(batch[0])) {
      const rows = batch.flatMap(part => part[table]);
      await db.batchInsert(table, rows, 300);
    }
  }
  if (isPostgres(db)) await db.raw('analyze');
}

/** The plan of a statement, line by line. */
async function planOf(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<string[]> {
  const postgres = isPostgres(db);
  const rows = await rawRows<Record<string, string>>(
    db,
    `explain ${postgres ? '' : 'query plan '}${sql.replace(/\$\d+/g, '?')}`,
    bindings,
  );
  return rows.map(row => (postgres ? Object.values(row)[0] : row.detail));
}

/** What a plan reads from end to end. */
async function readWhole(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<string[]> {
  const lines = await planOf(db, sql, bindings);
  const scan = new RegExp(
    isPostgres(db) ? `Seq Scan on ${LARGE}\\b` : `^SCAN ${LARGE}\\b`,
  );
  // Whether there is any at all is asked of the first one.
  const isProbe = /^select \S+ from \S+ limit \S+$/.test(sql);
  return !isProbe && lines.some(line => scan.test(line)) ? [sql, ...lines] : [];
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
    // SQLite plans a hundred rows as it plans a million.
    const count = isPostgres(db) ? 20_000 : 2_000;
    await fill(db, count);
    const news = Array.from({ length: 30 }, (_, n) => ({
      type: 'deployment',
      source: 'ci',
      // Two by two they are told under one name.
      id: `new-${Math.floor(n / 2)}`,
      occurredAt: new Date(NOW - 1_000).toISOString(),
      service: `component:default/s${n}`,
      environment: 'production',
      status: 'success',
      repository: `github.com/acme/r${n}`,
      // Every third goes back to what ran before, and is another job of a run.
      ...(n % 3 === 0
        ? {
            sha: sha(`${count - 2 * SERVICES + n}-3`),
            run: `r${count - SERVICES + n}`,
          }
        : { sha: 'a'.repeat(40) }),
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
      ...deriveContextOf(config),
      now: NOW,
    });
    db.removeListener('query', note);
    expect(done).toHaveLength(30);
    // Together, and not one by one.
    expect(told.length).toBeLessThan(80);

    let explained = 0;
    const read: string[] = [];
    for (const { sql, bindings } of told) {
      if (!/^\s*(select|delete|update|insert|with)\b/.test(sql)) continue;
      read.push(...(await readWhole(db, sql, bindings)));
      explained += 1;
    }
    expect(read).toEqual([]);
    expect(explained).toBeGreaterThan(20);

    // A service has more facts than a name has.
    const named = told.filter(({ sql }) => / = k\.name\b/.test(sql));
    expect(named.length).toBeGreaterThan(1);
    for (const { sql, bindings } of named) {
      const plan = await planOf(db, sql, bindings);
      expect(plan.join('\n')).toMatch(/deployment_facts_(ext|run)\b/);
    }
  });
});
