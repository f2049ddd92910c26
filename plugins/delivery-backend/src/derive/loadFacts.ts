import type { Knex } from 'knex';
import type {
  DeploymentKind,
  DeploymentPart,
  DeploymentStatus,
} from '@fawkes/backstage-plugin-delivery-common';
import { deploymentKey } from '../store/keys';
import type { ServiceMapping } from './serviceMapping';

/** A deployment fact as one service sees it. */
export interface ServiceDeployment {
  key: string;
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
  parts: DeploymentPart[];
}

/** When a told deployment was, as `deployment_facts_time` has it. */
export const FACT_TIME = 'coalesce(finished_at, started_at, occurred_at)';

/**
 * The deployments that count for a service: those that name it, and those that
 * name no service and touch one of its repositories.
 *
 * @param from - only those at or after this instant
 */
export async function loadServiceDeployments(
  tx: Knex.Transaction,
  mapping: ServiceMapping,
  from: number,
): Promise<ServiceDeployment[]> {
  const told = (service: string) =>
    tx('deployment_facts')
      .where({ service, known: 'known' })
      .whereRaw(`${FACT_TIME} >= ?`, [from])
      .select('*');
  // Two questions, because one with "or" would read what every service was told.
  const rows = await told(mapping.service);
  if (mapping.repositories.length > 0) {
    rows.push(
      ...(await told('').whereIn(
        'fact_key',
        tx('deployment_parts')
          .select('fact_key')
          .whereIn('repository', mapping.repositories),
      )),
    );
  }
  const parts = await loadParts(
    tx,
    rows.map(row => row.fact_key),
  );
  return rows.map(row => ({
    key: deploymentKey(row.fact_key, mapping.service),
    factKey: row.fact_key,
    source: row.source,
    id: row.ext_id,
    environment: row.environment,
    status: row.status,
    kind: row.kind,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    occurredAt: row.occurred_at,
    at: row.finished_at ?? row.started_at ?? row.occurred_at,
    artifact: row.artifact,
    version: row.version,
    url: row.url,
    unplanned: row.unplanned === null ? null : Boolean(row.unplanned),
    fixesIncident: row.fixes_incident,
    parts: partsFor(parts.get(row.fact_key) ?? [], row.service, mapping),
  }));
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
    const rows = await tx('deployment_parts')
      .whereIn('fact_key', keys.slice(start, start + 5_000))
      .orderBy(['fact_key', 'position']);
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
