import type { Knex } from 'knex';
import {
  isFullSha,
  isShortSha,
  suspectsByCause,
  type SuspectDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  insertRows,
  rowSource,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { JUDGE_ONLY, type DirtyServices } from '../../store/dirty';
import { lock } from '../../store/locks';
import { tables, type Stored } from '../../store/tables';
import type { DeriveSettings } from '../deriveContext';
import { readMappings } from '../serviceMapping';
import { incidentsThatCount, type ToldIncident } from './countsIncident';
import { meantByShortShas } from './shortShas';

/** An incident that names its cause. */
type Incident = Pick<
  Stored<'incidents'>,
  | 'fact_key'
  | 'known'
  | 'service'
  | 'repository'
  | 'environment'
  | 'severity'
  | 'title'
  | 'opened_at'
  | 'caused_by'
  | 'cause'
>;

/** What a name means: what is in production, and whether it is known at all. */
interface Meaning {
  suspects: SuspectDeployment[];
  known: boolean;
}

const CAUSE = {
  name: tables.incidents.name,
  columns: { fact_key: 'text', cause: 'text?' },
  keys: ['fact_key'],
} as const;

/**
 * Links incidents that name their cause to the deployments it means; the
 * services whose verdicts change by it are stale. An unknown cause links to
 * nothing until it arrives, and the window rule applies; one that is known and
 * not in production links to nothing at all.
 */
export async function relinkCaused(
  tx: Knex.Transaction,
  incidentKeys: readonly string[],
  dirty: DirtyServices,
  context: Pick<DeriveSettings, 'productionPattern' | 'incidents'>,
): Promise<void> {
  if (incidentKeys.length === 0) return;
  const incidents = await select(
    tx('incidents').whereIn('fact_key', [...incidentKeys]),
    tables.incidents,
    'fact_key',
    'known',
    'service',
    'repository',
    'environment',
    'severity',
    'title',
    'opened_at',
    'caused_by',
    'cause',
  );
  const meanings = await meaningsOf(tx, incidents);
  const counts = await countsOf(tx, incidents, meanings, context);
  const before = await select(
    tx('incident_links')
      .whereIn('incident_key', [...incidentKeys])
      .where('rule', 'caused-by'),
    tables.incidentLinks,
    'incident_key',
    'deployment_key',
    'service_ref',
  );
  const old = new Map(
    before.map(row => [`${row.incident_key} ${row.deployment_key}`, row]),
  );
  const fresh: Array<Stored<'incidentLinks'>> = [];
  const causes: Array<NewRowOf<typeof CAUSE>> = [];
  for (const incident of incidents) {
    if (incident.known !== 'known' || !incident.caused_by) continue;
    const { cause, suspects } = judgeCause(
      incident,
      meanings.get(incident.fact_key)!,
      counts,
    );
    if (cause !== incident.cause) {
      causes.push({ fact_key: incident.fact_key, cause });
      // Whether the window rule applies is another question now.
      if (incident.service) dirty.add(incident.service, JUDGE_ONLY);
    }
    for (const suspect of suspects) {
      if (old.delete(`${incident.fact_key} ${suspect.key}`)) continue;
      dirty.add(suspect.service, JUDGE_ONLY);
      fresh.push({
        incident_key: incident.fact_key,
        deployment_key: suspect.key,
        service_ref: suspect.service,
        rule: 'caused-by',
      });
    }
  }
  for (const row of old.values()) {
    dirty.add(row.service_ref, JUDGE_ONLY);
    await tx('incident_links')
      .where({
        incident_key: row.incident_key,
        deployment_key: row.deployment_key,
        rule: 'caused-by',
      })
      .delete();
  }
  await insertRows(tx, tables.incidentLinks, fresh, {
    update: ['rule', 'service_ref'],
  });
  if (causes.length > 0) {
    const source = rowSource(tx, CAUSE.columns, causes);
    await tx.raw(
      `update incidents set cause = k.cause from ${source.sql}
        where incidents.fact_key = k.fact_key`,
      source.bindings,
    );
  }
}

type Counts = (service: string, incident: ToldIncident) => boolean;

function judgeCause(
  incident: Incident,
  { suspects, known }: Meaning,
  counts: Counts,
): { cause: Stored<'incidents'>['cause']; suspects: SuspectDeployment[] } {
  if (!known) return { cause: 'unknown', suspects: [] };
  const { service, opened_at } = incident;
  // One that does not count fails nothing, whatever it names.
  const own = suspects.filter(suspect =>
    counts(service ?? suspect.service, incident),
  );
  if (own.length === 0) return { cause: 'elsewhere', suspects: [] };
  const found = suspectsByCause({ openedAt: Number(opened_at), service }, own);
  return found.cause === 'linked'
    ? found
    : { cause: 'ambiguous', suspects: [] };
}

async function countsOf(
  tx: Knex.Transaction,
  incidents: readonly Incident[],
  meanings: ReadonlyMap<string, Meaning>,
  context: Pick<DeriveSettings, 'productionPattern' | 'incidents'>,
): Promise<Counts> {
  const services = new Set(
    incidents.flatMap(({ fact_key, service }) => [
      ...(service ? [service] : []),
      ...meanings.get(fact_key)!.suspects.map(suspect => suspect.service),
    ]),
  );
  const mappings = await readMappings(tx, [...services]);
  const counts = new Map(
    [...mappings].map(([service, mapping]) => [
      service,
      incidentsThatCount(mapping, context),
    ]),
  );
  return (service, incident) => counts.get(service)!(incident);
}

/** What the causes of incidents mean, by the key of the incident. */
async function meaningsOf(
  tx: Knex.Transaction,
  incidents: readonly Incident[],
): Promise<Map<string, Meaning>> {
  const names = new Set(incidents.flatMap(({ caused_by }) => caused_by ?? []));
  const matches = await matchesOf(tx, [...names]);
  const short = incidents.filter(
    ({ caused_by }) =>
      caused_by !== null &&
      isShortSha(caused_by) &&
      !matches.get(caused_by)?.known,
  );
  if (short.length > 0) {
    // Whoever tells commits looks for the incidents that wait for them.
    await lock(
      tx,
      short.flatMap(({ repository }) => repository ?? []),
      'shared',
    );
  }
  const shas = await meantByShortShas(tx, short);
  const byShort = await matchesOf(tx, [...new Set(shas.values())]);
  return new Map(
    incidents.map(({ fact_key, caused_by }) => [
      fact_key,
      byShort.get(shas.get(fact_key) ?? '') ??
        matches.get(caused_by ?? '') ?? { suspects: [], known: false },
    ]),
  );
}

const COLUMNS = [
  'key',
  'source',
  'ext_id',
  'chain',
  'started_at',
  'finished_at',
  'service_ref',
  'reached',
  'production',
] as const;

type Match = Pick<Stored<'deployments'>, (typeof COLUMNS)[number]>;

/** What names mean: deployments by id, key, artifact, or a sha they carry. */
async function matchesOf(
  tx: Knex.Transaction,
  causes: readonly string[],
): Promise<Map<string, Meaning>> {
  const found = new Map<string, Map<string, SuspectDeployment>>();
  if (causes.length === 0) return new Map();
  const add = (cause: string, row: Match) => {
    const suspects = found.get(cause) ?? new Map<string, SuspectDeployment>();
    found.set(cause, suspects);
    if (!row.reached || !row.production) return;
    suspects.set(row.key, {
      key: row.key,
      source: row.source,
      id: row.ext_id,
      environment: row.chain,
      startedAt: row.started_at,
      // What reached production has finished.
      finishedAt: row.finished_at!,
      service: row.service_ref,
    });
  };
  const columns = COLUMNS.map(name => `deployments.${name}`);
  const from = async (query: Knex.QueryBuilder, cause: string) => {
    const rows: Array<Match & { cause: string }> = await query.select(
      ...columns,
      `${cause} as cause`,
    );
    for (const row of rows) add(row.cause, row);
  };
  const ofMembers = () =>
    tx('deployment_members').innerJoin(
      'deployments',
      'deployments.key',
      'deployment_members.counted_key',
    );
  await from(
    tx('deployments').whereIn('ext_id', [...causes]),
    'deployments.ext_id',
  );
  await from(
    ofMembers().whereIn('deployment_members.ext_id', [...causes]),
    'deployment_members.ext_id',
  );
  await from(
    tx('deployments').whereIn('artifact', [...causes]),
    'deployments.artifact',
  );
  const shas = causes.filter(isFullSha);
  if (shas.length > 0) {
    await from(
      tx('deployments').whereIn('deployments.key', shas),
      'deployments.key',
    );
    await from(
      ofMembers().whereIn('deployment_members.key', shas),
      'deployment_members.key',
    );
    await from(
      tx('deployments')
        .innerJoin(
          'deployment_parts',
          'deployment_parts.fact_key',
          'deployments.fact_key',
        )
        .whereIn('deployment_parts.sha', shas),
      'deployment_parts.sha',
    );
    await from(
      ofMembers()
        .innerJoin(
          'deployment_parts',
          'deployment_parts.fact_key',
          'deployment_members.fact_key',
        )
        .whereIn('deployment_parts.sha', shas),
      'deployment_parts.sha',
    );
    await from(
      tx('deployments')
        .innerJoin('links', 'links.deployment_key', 'deployments.key')
        .whereIn('links.change_id', shas)
        .where({ 'links.kind': 'commit', 'links.coverage': 'contained' }),
      'links.change_id',
    );
    const told: Array<{ sha: string }> = await tx('commits')
      .whereIn('sha', shas)
      .where('known', 'known')
      .distinct('sha');
    for (const { sha } of told) if (!found.has(sha)) found.set(sha, new Map());
  }
  return new Map(
    [...found].map(([cause, suspects]) => [
      cause,
      { suspects: [...suspects.values()], known: true },
    ]),
  );
}
