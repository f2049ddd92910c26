import type { Knex } from 'knex';
import type {
  ChangeRow,
  DeploymentRow,
  IncidentRow,
} from '@fawkes/backstage-plugin-delivery-common';

// The columns are the query's; the mapping below gives them their types.
type StoredRow = Record<string, never>;

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
export type LeadStart =
  | 'committed'
  | 'authored'
  | 'pushed'
  | 'opened'
  | 'merged';

/** A deployment of one service. */
export interface StoredDeployment extends DeploymentRow {
  key: string;
}

/** The same row, counted for itself even where it shares its name with others. */
export function countedForItself(row: StoredDeployment): StoredDeployment {
  return { ...row, factKey: row.key };
}

/** Production deployments that finished in the window. */
export async function readDeploymentRows(
  db: Knex,
  filter: RowFilter & { sharedOnly?: boolean },
): Promise<StoredDeployment[]> {
  const rows: StoredRow[] = await db('deployments')
    .where({ production: true, reached: true })
    .where('at', '>=', filter.fromMs)
    .where('at', '<', filter.toMs)
    .modify(query => {
      narrow(query, filter);
      if (filter.sharedOnly) query.whereIn('key', sharedKeys(db, filter));
    })
    .select(
      'key',
      'source',
      'environment',
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
    factKey: JSON.stringify([row.source, row.environment, row.ext_id]),
    service: row.service_ref,
    finishedAt: row.finished_at,
    success: Boolean(row.success),
    reached: Boolean(row.reached),
    failed: Boolean(row.failed),
    rework: Boolean(row.rework),
    recoveredAt: row.recovered_at,
    detectedAt: row.detected_at,
    gapSeconds: row.gap_seconds,
  }));
}

/**
 * Deployments of several services. Where these were told at the same time, only
 * one of them may know yet that there are others.
 */
function sharedKeys(db: Knex, filter: RowFilter): Knex.QueryBuilder {
  return db({ one: 'deployments' })
    .innerJoin({ other: 'deployments' }, join =>
      join
        .on('other.ext_id', '=', 'one.ext_id')
        .on('other.source', '=', 'one.source')
        .on('other.environment', '=', 'one.environment'),
    )
    .where('one.shared', true)
    .where('one.at', '>=', filter.fromMs)
    .where('one.at', '<', filter.toMs)
    .select('other.key');
}

/** Changes first deployed in the window. */
export async function readChangeRows(
  db: Knex,
  filter: RowFilter,
  unit: 'commit' | 'pull_request',
  start: LeadStart,
): Promise<ChangeRow[]> {
  const rows: StoredRow[] = await db('links')
    .where({ kind: unit, counted: true })
    .where('finished_at', '>=', filter.fromMs)
    .where('finished_at', '<', filter.toMs)
    .modify(query => narrow(query, filter))
    .select(
      'service_ref',
      'finished_at',
      { started_at: `${start}_at` },
      'opened_at',
      'ready_at',
      'first_review_at',
      'approved_at',
      'merged_at',
    );
  return rows.map(row => ({
    service: row.service_ref,
    finishedAt: row.finished_at,
    startedAt: row.started_at,
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
  const rows: StoredRow[] = await db('incidents')
    .where('known', 'known')
    .where('opened_at', '>=', filter.fromMs)
    .where('opened_at', '<', filter.toMs)
    .modify(query => {
      if (filter.services) query.whereIn('service', [...filter.services]);
      else query.whereNotNull('service');
      if (!filter.withSandbox && filter.sandboxSources.size > 0) {
        query.whereNotIn('source', [...filter.sandboxSources]);
      }
    })
    .select('service', 'opened_at', 'resolved_at');
  return rows.map(row => ({
    service: row.service,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
  }));
}

function narrow(query: Knex.QueryBuilder, filter: RowFilter): void {
  if (filter.services) query.whereIn('service_ref', [...filter.services]);
  if (!filter.withSandbox) query.where('sandbox', false);
  if (filter.environment) query.where('environment', filter.environment);
}
