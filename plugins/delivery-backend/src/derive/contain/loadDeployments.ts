import type { Knex } from 'knex';
import type {
  DeploymentKind,
  DeploymentPart,
  DeploymentStatus,
} from '@fawkes/backstage-plugin-delivery-common';
import { perRow, rowsFrom, select, sha256 } from '@fawkes/kit-backend/sql';
import { deploymentKey } from '../../store/keys';
import { tables, type Stored } from '../../store/tables';
import type { ServiceMapping } from '../serviceMapping';
import { FROM, fromRows, type StaleService } from '../staleService';

/** A deployment fact as one service sees it. */
export interface ServiceDeployment {
  key: string;
  /** The service that sees it. */
  service: string;
  factKey: string;
  source: string;
  id: string;
  environment: string;
  status: DeploymentStatus;
  kind: DeploymentKind;
  startedAt: number | null;
  /** Null as long as it runs. */
  finishedAt: number | null;
  occurredAt: number;
  /** finishedAt, else startedAt, else occurredAt. */
  at: number;
  artifact: string | null;
  version: string | null;
  url: string | null;
  unplanned: boolean | null;
  fixesIncident: string | null;
  /** Keyed hash of who set it going. */
  actor: string | null;
  /** What its sender told of repositories and shas, the same text for the same. */
  toldParts: string;
  parts: DeploymentPart[];
}

/** A known fact with a service it counts for. */
type ToldDeployment = Stored<'deploymentFacts'> & { service_ref: string };

/** When a told deployment was, as `deployment_facts_time` has it. */
export const FACT_TIME = 'coalesce(finished_at, started_at, occurred_at)';

/** Of the fact a part belongs to. */
export const NAMES_NO_SERVICE = `exists (select 1 from deployment_facts
  where deployment_facts.fact_key = deployment_parts.fact_key
    and deployment_facts.service = '' and deployment_facts.known = 'known')`;

/**
 * The deployments that count for services from some instant on: those that name
 * the service, and those that name none and touch one of its repositories.
 *
 * @returns by service; all of them have a list
 */
export async function loadDeployments(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
): Promise<Map<string, ServiceDeployment[]>> {
  const told: ToldDeployment[] = await tx
    .select('k.service_ref', 'deployment_facts.*')
    .from(
      perRow(
        tx,
        FROM,
        fromRows(stale),
        'deployment_facts',
        `deployment_facts.service = k.service_ref
          and deployment_facts.known = 'known' and ${FACT_TIME} >= k.from_at`,
      ),
    );
  // A question of its own: one with "or" would read what every service was told.
  told.push(...(await touching(tx, stale)));
  const parts = await loadParts(tx, [
    ...new Set(told.map(row => row.fact_key)),
  ]);
  const mappings = new Map(
    stale.map(({ mapping }) => [mapping.service, mapping]),
  );
  // By key, because one may touch several repositories of a service.
  const found = new Map(
    [...mappings.keys()].map(service => [
      service,
      new Map<string, ServiceDeployment>(),
    ]),
  );
  for (const row of told) {
    const deployment = toDeployment(
      row,
      mappings.get(row.service_ref)!,
      parts.get(row.fact_key) ?? [],
    );
    found.get(row.service_ref)!.set(deployment.key, deployment);
  }
  return new Map(
    [...found].map(([service, byKey]) => [service, [...byKey.values()]]),
  );
}

/** Deployments that name no service and touch a repository of these. */
async function touching(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
): Promise<ToldDeployment[]> {
  const repositories = fromRows(stale).flatMap((row, i) =>
    stale[i].mapping.repositories.map(repository => ({ ...row, repository })),
  );
  if (repositories.length === 0) return [];
  const found = await tx
    .distinct('k.service_ref', 'deployment_parts.fact_key')
    .from(
      perRow(
        tx,
        { ...FROM, repository: 'text' },
        repositories,
        'deployment_parts',
        `deployment_parts.repository = k.repository and deployment_parts.at >= k.from_at
          and ${NAMES_NO_SERVICE}`,
      ),
    );
  if (found.length === 0) return [];
  return tx('deployment_facts')
    .innerJoin(
      rowsFrom(tx, { service_ref: 'text', fact_key: 'text' }, found),
      'k.fact_key',
      'deployment_facts.fact_key',
    )
    .select('k.service_ref', 'deployment_facts.*');
}

function toDeployment(
  row: ToldDeployment,
  mapping: ServiceMapping,
  parts: DeploymentPart[],
): ServiceDeployment {
  return {
    key: deploymentKey(row.fact_key, mapping.service),
    service: mapping.service,
    factKey: row.fact_key,
    source: row.source,
    id: row.ext_id,
    environment: row.environment,
    // It is known, so its sender said how it went.
    status: row.status!,
    kind: row.kind!,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    occurredAt: row.occurred_at,
    at: row.finished_at ?? row.started_at ?? row.occurred_at,
    artifact: row.artifact,
    version: row.version,
    url: row.url,
    unplanned: row.unplanned === null ? null : Boolean(row.unplanned),
    fixesIncident: row.fixes_incident,
    actor: row.actor,
    toldParts: sha256(
      JSON.stringify(parts.map(({ repository, sha }) => [repository, sha])),
    ),
    parts: partsFor(parts, row.service, mapping),
  };
}

/** Facts mapped to several services hand each service its own repositories. */
function partsFor(
  parts: DeploymentPart[],
  sent: string,
  mapping: ServiceMapping,
): DeploymentPart[] {
  if (sent !== '') return parts;
  return parts.filter(part => mapping.repositories.includes(part.repository));
}

async function loadParts(
  tx: Knex.Transaction,
  keys: string[],
): Promise<Map<string, DeploymentPart[]>> {
  const parts = new Map<string, DeploymentPart[]>();
  for (let start = 0; start < keys.length; start += 5_000) {
    const rows = await select(
      tx('deployment_parts')
        .whereIn('fact_key', keys.slice(start, start + 5_000))
        .orderBy(['fact_key', 'position']),
      tables.deploymentParts,
    );
    for (const row of rows) {
      const list = parts.get(row.fact_key) ?? [];
      list.push({
        repository: row.repository,
        sha: row.sha,
        commits: row.commits ? JSON.parse(row.commits) : null,
      });
      parts.set(row.fact_key, list);
    }
  }
  return parts;
}
