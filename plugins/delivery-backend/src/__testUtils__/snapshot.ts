import type { Knex } from 'knex';
import { canonicalJson } from '@fawkes/kit-contract';
import { SERVICES } from './arbitraries';
import { NOW, type Harness } from './harness';

/** Tables whose content has to depend on the facts alone. */
const DERIVED = [
  'deployments',
  'links',
  'incident_links',
  'frontier',
  'service_facts',
] as const;

/** Everything a person or another table can see of derived rows, as texts. */
export type Snapshot = Record<string, string[]>;

/** Rows as sorted texts: equal content is an equal list. */
export async function rowsOf(db: Knex, table: string): Promise<string[]> {
  const rows: Array<Record<string, unknown>> = await db(table).select('*');
  return rows
    .map(row =>
      canonicalJson(
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            // SQLite keeps booleans as numbers.
            typeof value === 'boolean' ? Number(value) : value,
          ]),
        ),
      ),
    )
    .sort();
}

/** Derived tables, roll-ups and the answers for every kind of scope. */
export async function takeSnapshot(harness: Harness): Promise<Snapshot> {
  const snapshot: Snapshot = {};
  for (const table of DERIVED) {
    snapshot[table] = await rowsOf(harness.db, table);
  }
  for (const table of ['rollup_service_days', 'rollup_days', 'rollup_months']) {
    // A day that lost its facts keeps a row that says nothing.
    const rows = await rowsOf(harness.db, table);
    snapshot[table] = rows.filter(row => JSON.parse(row).tally !== '{}');
  }
  for (const scope of [
    ...SERVICES.map(service => [service]),
    SERVICES.slice(0, 2),
    SERVICES,
  ]) {
    for (const unit of ['commit', 'pull_request'] as const) {
      const { metrics, series, benchmark, ...rest } = await harness.metrics(
        scope,
        { unit, from: '2026-03-01', to: '2026-05-01' },
      );
      snapshot[`metrics of ${scope.join(' ')} by ${unit}`] = [
        ...Object.entries({ ...rest, ...metrics, benchmark }),
        ...series.entries(),
      ].map(part => JSON.stringify(part));
    }
  }
  return snapshot;
}

/** What two snapshots do not share; empty when they are the same. */
export function differences(was: Snapshot, is: Snapshot): string[] {
  return Object.keys(was).flatMap(name => {
    const [before, after] = [new Set(was[name]), new Set(is[name])];
    return [
      ...was[name]
        .filter(row => !after.has(row))
        .map(row => `- ${name}: ${row}`),
      ...is[name]
        .filter(row => !before.has(row))
        .map(row => `+ ${name}: ${row}`),
    ];
  });
}

/** Orders everything to be derived again from its beginning. */
export async function rebuild(harness: Harness): Promise<void> {
  await harness.db.raw(
    `insert into dirty_services (service_ref, from_at, since)
      select service, 0, ? from (
        select service_ref as service from deployments
        union select service from deployment_facts where service <> ''
        union select service_ref from services) everyone
      where true
      on conflict (service_ref) do update set from_at = 0, judge_from = 0`,
    [NOW],
  );
  await harness.settle();
}
