import type { Knex } from 'knex';
import type { ChainDeployment } from '@fawkes/backstage-plugin-delivery-common';
import { perRow, rawRows, rowSource } from '@fawkes/kit-backend/sql';
import type { Stored } from '../../store/tables';

/** What a verdict depends on. */
export const JUDGED_BY = [
  'service_ref',
  'key',
  'source',
  'ext_id',
  'chain',
  'status',
  'kind',
  'started_at',
  'finished_at',
  'occurred_at',
  'unplanned',
  'fixes_incident',
  'artifact',
] as const;

/** A deployment with what verdicts on it and on others depend on. */
export type JudgedRow = Pick<Stored<'deployments'>, (typeof JUDGED_BY)[number]>;

/** A service whose verdicts are looked at again. */
export interface Judged {
  service: string;
  /**
   * Only those that may change by deployments that finish at or after this
   * instant …
   */
  from: number;
  /** … in these environments. */
  environments: ReadonlySet<string>;
}

/** From when on each service is judged; 0 = all of it. */
export type Instants = ReadonlyMap<string, number>;

/** Columns of {@link sinceRows}. */
export const SINCE = { service_ref: 'text', since: 'double' } as const;

/** Such instants as rows to look up by. */
export function sinceRows(since: Instants) {
  return [...since].map(([service, at]) => ({
    service_ref: service,
    since: at,
  }));
}

/** What verdicts are about. */
const REACHED = 'deployments.reached and deployments.production';

/**
 * The finish of the first deployment whose verdict may change by deployments
 * from `from` on, by service: the last one before (incidents fall back to it),
 * also that of each environment where something changed (a hotfix or rollback
 * marks it), and those that had not recovered by then. 0 = all.
 */
export async function firstConcerned(
  tx: Knex.Transaction,
  judged: readonly Judged[],
): Promise<Map<string, number>> {
  const first = new Map(
    judged.map(({ service, from }) => [service, Math.max(0, from)]),
  );
  const asked = judged.flatMap(({ service, from, environments }) =>
    from <= 0
      ? []
      : // Nothing happened anywhere: only the service is asked about.
        [...(environments.size > 0 ? environments : [''])].map(environment => ({
          service_ref: service,
          environment,
          from_at: from,
        })),
  );
  if (asked.length === 0) return first;
  const source = rowSource(
    tx,
    { service_ref: 'text', environment: 'text', from_at: 'double' },
    asked,
  );
  const at = (condition: string, order: 'asc' | 'desc') =>
    `(select at from deployments where deployments.service_ref = k.service_ref
      and deployments.at < k.from_at and ${REACHED} and ${condition}
      order by at ${order} limit 1)`;
  const rows = await rawRows<Record<string, string | number | null>>(
    tx,
    `select k.service_ref,
        ${at(
          `deployments.failed and (deployments.recovered_at is null
            or deployments.recovered_at >= k.from_at)`,
          'asc',
        )} as unrecovered,
        ${at('true', 'desc')} as latest,
        ${at('deployments.chain = k.environment', 'desc')} as latest_there
      from ${source.sql}`,
    source.bindings,
  );
  for (const { service_ref, ...instants } of rows) {
    const service = String(service_ref);
    const known = Object.values(instants).filter(instant => instant !== null);
    first.set(service, Math.min(first.get(service)!, ...known.map(Number)));
  }
  return first;
}

/** Deployments verdicts are about, from some instant on. */
export function reachedSince(
  tx: Knex.Transaction,
  since: Instants,
): Knex.QueryBuilder {
  return tx.from(
    perRow(
      tx,
      SINCE,
      sinceRows(since),
      'deployments',
      `deployments.service_ref = k.service_ref and deployments.at >= k.since and ${REACHED}`,
    ),
  );
}

/** The last success before, by service, in each environment of what is judged: where a gap begins. */
export async function successesBefore(
  tx: Knex.Transaction,
  since: Instants,
  concerned: ReadonlyMap<string, readonly ChainDeployment[]>,
): Promise<Map<string, ChainDeployment[]>> {
  const found = new Map<string, ChainDeployment[]>();
  const asked = [...since].flatMap(([service, at]) =>
    at <= 0
      ? []
      : [
          ...new Set(
            (concerned.get(service) ?? []).map(row => row.environment),
          ),
        ].map(environment => ({
          service_ref: service,
          environment,
          since: at,
        })),
  );
  if (asked.length === 0) return found;
  const source = rowSource(tx, { ...SINCE, environment: 'text' }, asked);
  const rows = await rawRows<JudgedRow>(
    tx,
    `select ${JUDGED_BY.map(name => `deployments.${name}`).join(', ')}
      from (select (select key from deployments
          where deployments.service_ref = k.service_ref
            and deployments.chain = k.environment
            and deployments.at < k.since and deployments.success and ${REACHED}
          order by deployments.at desc limit 1) as key
        from ${source.sql}) as latest
      join deployments on deployments.key = latest.key`,
    source.bindings,
  );
  for (const row of rows) {
    found.set(row.service_ref, [
      ...(found.get(row.service_ref) ?? []),
      toChainDeployment(row),
    ]);
  }
  return found;
}

/** A row as the rules see it. */
export function toChainDeployment(row: JudgedRow): ChainDeployment {
  return {
    key: row.key,
    source: row.source,
    id: row.ext_id,
    environment: row.chain,
    status: row.status,
    // Of what reached production, only what succeeded first can have failed.
    failedLater: row.status === 'failure',
    kind: row.kind,
    startedAt: row.started_at,
    // What reached production has finished.
    finishedAt: row.finished_at!,
    occurredAt: row.occurred_at,
    unplanned: row.unplanned === null ? null : Boolean(row.unplanned),
    fixesIncident: row.fixes_incident,
    artifact: row.artifact,
    parts: [],
  };
}
