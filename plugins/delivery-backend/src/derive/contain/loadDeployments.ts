import type { Knex } from 'knex';
import type { DeploymentPart } from '@fawkes/backstage-plugin-delivery-common';
import { perRow, rowsFrom, select } from '@fawkes/kit-backend/sql';
import { FACT_TIME } from '../../store/factTables';
import { deploymentKey } from '../../store/keys';
import { tables, type Stored } from '../../store/tables';
import type { ServiceMapping } from '../serviceMapping';
import { partsHash, type ServiceDeployment } from './serviceDeployment';
import { uniteMembers } from './uniteMembers';
import { FROM, fromRows, type StaleService } from '../staleService';

/** A known fact with a service it counts for. */
type ToldDeployment = Stored<'deploymentFacts'> & { service_ref: string };

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
  context: { countJobs: boolean },
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
  told.push(...(await membersBefore(tx, stale, told, context)));
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
    const mapping = mappings.get(row.service_ref)!;
    const own = parts.get(row.fact_key) ?? [];
    if (!isOf(row, own, mapping)) continue;
    const deployment = toDeployment(row, mapping, own);
    found.get(row.service_ref)!.set(deployment.key, deployment);
  }
  const froms = new Map(
    stale.map(({ mapping, from }) => [mapping.service, from]),
  );
  return new Map(
    [...found].map(([service, byKey]) => [
      service,
      uniteMembers([...byKey.values()], context).filter(
        // What is told of a deployment before that is no reason to count it again.
        ({ at }) => at >= froms.get(service)!,
      ),
    ]),
  );
}

function isOf(
  { service }: ToldDeployment,
  parts: readonly DeploymentPart[],
  mapping: ServiceMapping,
): boolean {
  return (
    service !== '' ||
    parts.some(part => mapping.repositories.includes(part.repository))
  );
}

/** What facts of one deployment have in common. */
const SAME = {
  service_ref: 'text',
  source: 'text',
  name: 'text',
  chain: 'text',
  from_at: 'double',
} as const;

/**
 * Facts from before some instant that are the same deployment as some from then
 * on: told under the same id in another spelling, or as jobs of the same run.
 */
async function membersBefore(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  told: readonly ToldDeployment[],
  { countJobs }: { countJobs: boolean },
): Promise<ToldDeployment[]> {
  const froms = new Map(
    stale.map(({ mapping, from }) => [mapping.service, from]),
  );
  const asked = told.filter(row => froms.get(row.service_ref)! > 0);
  const found: ToldDeployment[] = [];
  for (const column of countJobs ? ['ext_id'] : ['ext_id', 'run']) {
    const rows = asked.flatMap(row => {
      const name = column === 'run' ? row.run : row.ext_id;
      return name === null
        ? []
        : [
            {
              service_ref: row.service_ref,
              source: row.source,
              name,
              chain: row.chain,
              from_at: froms.get(row.service_ref)!,
            },
          ];
    });
    if (rows.length === 0) continue;
    found.push(
      ...(await tx.distinct('k.service_ref', 'deployment_facts.*').from(
        perRow(
          tx,
          SAME,
          rows,
          'deployment_facts',
          `deployment_facts.${column} = k.name
              and coalesce(deployment_facts.source, '') = k.source
              and coalesce(deployment_facts.chain, '') = k.chain
              and coalesce(deployment_facts.service, '') in ('', k.service_ref)
              and deployment_facts.known = 'known' and ${FACT_TIME} < k.from_at`,
        ),
      )),
    );
  }
  return found;
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
    chain: row.chain,
    run: row.run,
    // It is known, so its sender said how it went.
    status: row.status!,
    failedLater: Boolean(row.failed_later),
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
    actor: row.actor,
    toldParts: partsHash(parts),
    parts: partsFor(parts, row.service, mapping),
    members: [],
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
