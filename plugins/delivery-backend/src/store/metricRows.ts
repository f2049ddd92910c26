import type { Knex } from 'knex';
import {
  foldEnvironment,
  type ChangeRow,
  type DeploymentRow,
  type IncidentRow,
  type MetricsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  isPostgres,
  pick,
  rawRows,
  rowsFrom,
  select,
} from '@fawkes/kit-backend/sql';
import { tables, type Stored } from './tables';

/** Which rows a question is about. */
export interface RowFilter {
  /** Entity refs; null = every service. */
  services: readonly string[] | null;
  fromMs: number;
  toMs: number;
  /** Facts of sandbox sources count for a single component only. */
  withSandbox: boolean;
  environment?: string;
}

/** Where a lead time starts. */
export type LeadStart = MetricsQuery['start'];

/** A deployment of one service. */
export interface StoredDeployment extends DeploymentRow {
  key: string;
}

/** The same row, counted for itself even where it shares its name with others. */
export function countedForItself(row: StoredDeployment): StoredDeployment {
  return { ...row, factKey: row.key };
}

/** What makes deployments of several services one deployment. */
export type DeploymentName = Pick<
  Stored<'deployments'>,
  'source' | 'chain' | 'ext_id'
>;

/** Its columns. */
export const DEPLOYMENT_NAME = pick(
  tables.deployments,
  'source',
  'chain',
  'ext_id',
).columns;

/** Production deployments that finished in the window. */
export async function readDeploymentRows(
  db: Knex,
  filter: RowFilter & { names?: readonly DeploymentName[] },
): Promise<StoredDeployment[]> {
  const found = inProduction(db, filter).modify(query => {
    if (!filter.names) return;
    query.innerJoin(rowsFrom(db, DEPLOYMENT_NAME, filter.names), join =>
      join
        .on('k.ext_id', '=', 'deployments.ext_id')
        .on('k.source', '=', 'deployments.source')
        .on('k.chain', '=', 'deployments.chain'),
    );
  });
  const rows = await select(
    found,
    tables.deployments,
    'key',
    'source',
    'chain',
    'ext_id',
    'service_ref',
    'finished_at',
    'success',
    'reached',
    'failed',
    'rework',
    'recovered_at',
    'detected_at',
    'gap_seconds',
  );
  return rows.map(row => ({
    key: row.key,
    // One id rolled out to several services is one deployment, whether it was
    // told once and mapped to them or told for each of them.
    factKey: JSON.stringify([row.source, row.chain, row.ext_id]),
    service: row.service_ref,
    // What reached production has finished.
    finishedAt: row.finished_at!,
    success: Boolean(row.success),
    reached: Boolean(row.reached),
    failed: Boolean(row.failed),
    rework: Boolean(row.rework),
    recoveredAt: row.recovered_at,
    detectedAt: row.detected_at,
    gapSeconds: row.gap_seconds,
  }));
}

function inProduction(db: Knex, filter: RowFilter): Knex.QueryBuilder {
  return db('deployments')
    .where({ production: true, reached: true })
    .where('at', '>=', filter.fromMs)
    .where('at', '<', filter.toMs)
    .modify(query => narrow(query, filter, 'chain'));
}

/** What several rows of one name come to. */
export interface SharedDeployment extends DeploymentName {
  /** Earliest and latest finish, ms. */
  first: number;
  last: number;
  /** How many there are, all of which reached production. */
  rows: number;
  /** How many of them succeeded, failed, were rework. */
  success: number;
  failed: number;
  rework: number;
}

/** Counts as databases give them: PostgreSQL as text. */
type CountedName = DeploymentName & {
  first: number | null;
  last: number | null;
} & Record<'rows' | 'success' | 'failed' | 'rework', number | string>;

/**
 * Names that several rows in the window have, sandboxes aside. It is enough that one of them
 * knows of others: where these were told at the same time, only one may.
 */
export async function readSharedDeployments(
  db: Knex,
  services: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<SharedDeployment[]> {
  const among = isPostgres(db)
    ? 'service_ref = any(?)'
    : 'service_ref in (select value from json_each(?))';
  const own = `deployments where production and reached
      and not sandbox and at >= ? and at < ? and ${among}
      and deployments.ext_id = names.ext_id
      and coalesce(deployments.source, '') = names.source
      and coalesce(deployments.chain, '') = names.chain`;
  // Each name is looked up by its id, whatever a planner thinks of the join:
  // sources and environments have rows by the million.
  const joined = isPostgres(db)
    ? `lateral (select * from ${own} offset 0) deployments`
    : own;
  const rows = await rawRows<CountedName>(
    db,
    `with names as materialized (
      select distinct source, chain, ext_id from deployments
      where shared and at >= ? and at < ?
    )
    select names.source, names.chain, names.ext_id,
      min(finished_at) as first, max(finished_at) as last, count(*) as rows,
      ${['success', 'failed', 'rework']
        .map(flag => `sum(case when ${flag} then 1 else 0 end) as ${flag}`)
        .join(', ')}
    from names cross join ${joined}
    group by names.source, names.chain, names.ext_id
    having count(*) > 1`,
    [
      fromMs,
      toMs,
      fromMs,
      toMs,
      (isPostgres(db) ? [...services] : JSON.stringify(services)) as string,
    ],
  );
  return rows.map(row => ({
    source: row.source,
    chain: row.chain,
    ext_id: row.ext_id,
    // What reached production has finished.
    first: row.first!,
    last: row.last!,
    rows: Number(row.rows),
    success: Number(row.success),
    failed: Number(row.failed),
    rework: Number(row.rework),
  }));
}

/** Changes first deployed in the window. */
export async function readChangeRows(
  db: Knex,
  filter: RowFilter,
  unit: 'commit' | 'pull_request',
  start: LeadStart,
): Promise<ChangeRow[]> {
  const rows = await select(
    db('links')
      .where({ kind: unit, counted: true })
      .where('finished_at', '>=', filter.fromMs)
      .where('finished_at', '<', filter.toMs)
      .modify(query => narrow(query, filter, 'environment')),
    tables.links,
    'service_ref',
    'finished_at',
    `${start}_at`,
    'opened_at',
    'ready_at',
    'first_review_at',
    'approved_at',
    'merged_at',
  );
  return rows.map(row => ({
    service: row.service_ref,
    finishedAt: row.finished_at,
    startedAt: row[`${start}_at`],
    stages: {
      openedAt: row.opened_at,
      readyAt: row.ready_at,
      firstReviewAt: row.first_review_at,
      approvedAt: row.approved_at,
      mergedAt: row.merged_at,
    },
  }));
}

/** Incidents opened in the window, of the services or of all. */
export async function readIncidentRows(
  db: Knex,
  filter: RowFilter & { sandboxSources: ReadonlySet<string> },
): Promise<Array<IncidentRow & { service: string | null }>> {
  const rows = await select(
    db('incidents')
      .where('known', 'known')
      .where('opened_at', '>=', filter.fromMs)
      .where('opened_at', '<', filter.toMs)
      .modify(query => {
        query.where('counted', true);
        if (filter.services) query.whereIn('service', [...filter.services]);
        else query.whereNotNull('service');
        if (!filter.withSandbox && filter.sandboxSources.size > 0) {
          query.whereNotIn('source', [...filter.sandboxSources]);
        }
      }),
    tables.incidents,
    'service',
    'opened_at',
    'resolved_at',
  );
  return rows.map(row => ({
    service: row.service,
    // By when it was opened it was found.
    openedAt: row.opened_at!,
    resolvedAt: row.resolved_at,
  }));
}

function narrow(
  query: Knex.QueryBuilder,
  filter: RowFilter,
  /** Where the folded name of the environment is. */
  chain: 'chain' | 'environment',
): void {
  if (filter.services) query.whereIn('service_ref', [...filter.services]);
  if (!filter.withSandbox) query.where('sandbox', false);
  if (filter.environment) {
    query.where(chain, foldEnvironment(filter.environment));
  }
}
