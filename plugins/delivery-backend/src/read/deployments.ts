import type { Knex } from 'knex';
import {
  dayStartOf,
  figureOf,
  say,
  type DeploymentSummary,
  type DeploymentsQuery,
  type DeploymentsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { page, select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Scope } from '../permissions/scope';
import { tables, type Stored } from '../store/tables';
import { iso, isoOrNull, type ReadContext } from './context';

/** The deployments of a scope, newest first. */
export async function listDeployments(
  scope: Scope,
  query: DeploymentsQuery,
  context: ReadContext,
): Promise<DeploymentsResponse> {
  const { db, config, now } = context;
  const tz = query.tz ?? config.timezone;
  const found = db('deployments')
    .whereIn(
      'service_ref',
      scope.services.map(service => service.ref),
    )
    .modify(builder => {
      if (!scope.single) builder.where('sandbox', false);
      if (query.production) builder.where('production', true);
      if (query.environment) builder.where('environment', query.environment);
      if (query.failed !== undefined) builder.where('failed', query.failed);
      if (query.from) builder.where('at', '>=', instant(query.from, tz));
      if (query.to) builder.where('at', '<', instant(query.to, tz));
    });
  const { rows, nextCursor } = await page(
    found,
    tables.deployments,
    { at: 'at', key: 'key' },
    query,
  );
  const titles = await titlesOf(
    db,
    rows.map(row => row.service_ref),
  );
  return {
    asOf: iso(now),
    items: rows.map(row => toSummary(row, titles, context)),
    nextCursor,
  };
}

/** One row as the API shows it. */
export function toSummary(
  row: Stored<'deployments'>,
  titles: ReadonlyMap<string, string>,
  { config }: ReadContext,
): DeploymentSummary {
  const { finished_at: finishedAt, recovered_at: recoveredAt } = row;
  return {
    key: row.key,
    source: row.source,
    id: row.ext_id,
    service: row.service_ref,
    serviceTitle: titles.get(row.service_ref) ?? row.service_ref,
    environment: row.environment,
    production: Boolean(row.production),
    status: row.status,
    kind: row.kind,
    version: row.version,
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(finishedAt),
    url: row.url,
    seed: Boolean(row.seed),
    failed: Boolean(row.failed),
    rework: Boolean(row.rework),
    recoveredAt: isoOrNull(recoveredAt),
    recoverySeconds:
      recoveredAt === null || finishedAt === null
        ? null
        : Math.max(0, Math.floor((recoveredAt - finishedAt) / 1000)),
    changes: row.changes,
    method: row.method,
    confidence: row.confidence,
    leadTime: figureOf(row.lead_p50, noLeadTime(row)),
    sample: config.sampleSources.has(row.source),
    sandbox: Boolean(row.sandbox),
  };
}

function noLeadTime(row: Stored<'deployments'>): Said {
  if (row.seed) return say('deployment.lead.seed');
  if (row.status !== 'success') return say('deployment.lead.no_success');
  if (row.method === 'none') return say('deployment.lead.no_method');
  return row.changes === 0
    ? say('deployment.lead.no_change')
    : say('deployment.lead.no_time');
}

/** Titles of services by ref. */
export async function titlesOf(
  db: Knex,
  services: readonly string[],
): Promise<Map<string, string>> {
  const rows = await select(
    db('services').whereIn('service_ref', [...new Set(services)]),
    tables.services,
    'service_ref',
    'title',
  );
  return new Map(rows.map(row => [row.service_ref, row.title]));
}

/** A bare date means that day's start in the zone. */
export function instant(text: string, tz: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? dayStartOf(text, tz)
    : Date.parse(text);
}
