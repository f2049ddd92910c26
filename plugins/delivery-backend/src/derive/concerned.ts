import type { Knex } from 'knex';
import type { ChainDeployment } from '@fawkes/backstage-plugin-delivery-common';

/** What a verdict depends on. */
export const JUDGED_BY = [
  'source',
  'ext_id',
  'environment',
  'status',
  'kind',
  'finished_at',
  'occurred_at',
  'unplanned',
  'fixes_incident',
  'artifact',
];

/** What verdicts are about. */
export function reached(
  tx: Knex.Transaction,
  service: string,
): Knex.QueryBuilder {
  return tx('deployments').where({
    service_ref: service,
    reached: true,
    production: true,
  });
}

/**
 * The finish of the first deployment whose verdict may change by deployments
 * from `from` on: the last one before (incidents fall back to it), also that of
 * each environment where something changed (a hotfix or rollback marks it), and
 * those that had not recovered by then.
 */
export async function firstConcerned(
  tx: Knex.Transaction,
  service: string,
  from: number,
  environments: Iterable<string>,
): Promise<number> {
  if (from <= 0) return 0;
  const before = () => reached(tx, service).where('at', '<', from);
  const last = (query: Knex.QueryBuilder) =>
    query.orderBy('at', 'desc').first('at');
  const rows: Array<{ at: number } | undefined> = [
    await before()
      .whereRaw('failed')
      .where(query =>
        query.whereNull('recovered_at').orWhere('recovered_at', '>=', from),
      )
      .orderBy('at')
      .first('at'),
    await last(before()),
  ];
  for (const environment of environments) {
    rows.push(await last(before().where({ environment })));
  }
  return Math.min(from, ...rows.map(row => row?.at ?? from));
}

/** The last success before, in each environment: where a gap begins. */
export async function successesBefore(
  tx: Knex.Transaction,
  service: string,
  since: number,
  deployments: readonly ChainDeployment[],
): Promise<ChainDeployment[]> {
  if (since <= 0) return [];
  const found: ChainDeployment[] = [];
  for (const environment of new Set(deployments.map(row => row.environment))) {
    const row = await reached(tx, service)
      .where({ environment, success: true })
      .where('at', '<', since)
      .orderBy('at', 'desc')
      .first([...JUDGED_BY, 'key']);
    if (row) found.push(toChainDeployment(row));
  }
  return found;
}

/** A row as the rules see it. */
export function toChainDeployment(row: Record<string, never>): ChainDeployment {
  return {
    key: row.key,
    source: row.source,
    id: row.ext_id,
    environment: row.environment,
    status: row.status,
    kind: row.kind,
    finishedAt: row.finished_at,
    occurredAt: row.occurred_at,
    unplanned: row.unplanned === null ? null : Boolean(row.unplanned),
    fixesIncident: row.fixes_incident,
    artifact: row.artifact,
    parts: [],
  };
}
