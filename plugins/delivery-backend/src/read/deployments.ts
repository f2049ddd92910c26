import type { Knex } from 'knex';
import {
  figureOf,
  say,
  type DeploymentSummary,
  type DeploymentsQuery,
  type DeploymentsResponse,
  type ListedDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Scope } from '../permissions/scope';
import { tables, type Stored } from '../store/tables';
import {
  iso,
  isoOrNull,
  type PersonalContext,
  type ReadContext,
} from './context';
import { findDeployments } from './findDeployments';
import { labelsOf } from './labels';
import { shownRepositories } from './visibility';

/** What is asked beside the query. */
export interface ListAsked {
  /** Hashes of whoever set them going. */
  actors?: readonly string[];
}

/** The deployments of a scope, newest first, or in the order in which they changed. */
export async function listDeployments(
  scope: Scope,
  query: DeploymentsQuery,
  context: PersonalContext,
  asked: ListAsked = {},
): Promise<DeploymentsResponse> {
  const { db, now } = context;
  const { rows, ...cursors } = await findDeployments(db, {
    ...askedFor(query, context, asked),
    services: scope.services.map(service => service.ref),
    sandbox: scope.single || isAboutFacts(query),
    ...(query.sha && { repositories: await shownWith(query.sha, context) }),
  });
  const titles = await titlesOf(
    db,
    rows.map(row => row.service_ref),
  );
  const labels = await labelsOf(
    db,
    rows.map(row => row.key),
  );
  const repositories = await repositoriesOf(rows, context);
  return {
    asOf: iso(now),
    items: rows.map(row => ({
      ...toSummary(row, titles, context),
      repositories: repositories.get(row.fact_key) ?? [],
      artifact: row.artifact,
      labels: labels.get(row.key) ?? [],
    })),
    ...cursors,
  };
}

/**
 * Services beside those asked for on which the answer depends: whoever lives in
 * the repositories that were deployed. Asked for before anybody knows whether the
 * caller may see the services, so that what may be seen is looked up once.
 */
export async function servicesNear(
  services: readonly string[],
  query: DeploymentsQuery,
  context: ReadContext,
  asked: ListAsked = {},
): Promise<string[]> {
  const { db } = context;
  const { rows } = await findDeployments(db, {
    ...askedFor(query, context, asked),
    services,
    sandbox: true,
  });
  const parts = () =>
    db('deployment_parts').whereIn(
      'fact_key',
      rows.map(row => row.fact_key),
    );
  const owners = await db('service_repositories')
    .whereIn('repository', parts().select('repository'))
    .distinct('service_ref');
  return owners.map((owner): string => owner.service_ref);
}

function askedFor(
  query: DeploymentsQuery,
  { config }: ReadContext,
  { actors }: ListAsked,
) {
  return { query, tz: query.tz ?? config.timezone, ...(actors && { actors }) };
}

/** Lists are what figures are made of, unless they are asked for single facts. */
function isAboutFacts(query: DeploymentsQuery): boolean {
  const { sha, artifact, actor, changedAfter } = query;
  return [sha, artifact, actor, changedAfter].some(one => one !== undefined);
}

/** The repositories with a deployed sha of which the caller may hear. */
async function shownWith(
  sha: string,
  context: PersonalContext,
): Promise<string[]> {
  const rows = await context
    .db('deployment_parts')
    .where('sha', sha)
    .distinct('repository');
  const names = rows.map((row): string => row.repository);
  return [...(await shownRepositories(names, context))];
}

/** What was deployed, by fact, without what the caller may not hear of. */
async function repositoriesOf(
  rows: ReadonlyArray<Stored<'deployments'>>,
  context: PersonalContext,
): Promise<Map<string, ListedDeployment['repositories']>> {
  const parts = await select(
    context
      .db('deployment_parts')
      .whereIn(
        'fact_key',
        rows.map(row => row.fact_key),
      )
      .orderBy(['fact_key', 'position']),
    tables.deploymentParts,
    'fact_key',
    'repository',
    'sha',
  );
  const shown = await shownRepositories(
    parts.map(part => part.repository),
    context,
  );
  const found = new Map<string, ListedDeployment['repositories']>();
  for (const { fact_key, repository, sha } of parts) {
    if (!shown.has(repository)) continue;
    found.set(fact_key, [...(found.get(fact_key) ?? []), { repository, sha }]);
  }
  return found;
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
