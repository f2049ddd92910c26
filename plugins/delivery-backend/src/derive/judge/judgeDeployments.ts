import type { Knex } from 'knex';
import {
  judgeService,
  type ChainDeployment,
  type JudgedIncident,
  type JudgedMark,
  type Judgement,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  columnsOf,
  perRow,
  pick,
  rowsFrom,
  rowSource,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { deploymentsMoved } from '../../store/changes';
import { tables, type Stored } from '../../store/tables';
import {
  firstConcerned,
  JUDGED_BY,
  reachedSince,
  SINCE,
  successesBefore,
  toChainDeployment,
  sinceRows,
  type Instants,
  type Judged,
} from './judgedRows';
import { linkByWindow } from './linkByWindow';

/** A verdict, and whose it is. */
const VERDICT = pick(
  tables.deployments,
  'key',
  'failed',
  'causes',
  'rework',
  'rework_reason',
  'detected_at',
  'recovered_at',
  'recovered_by',
  'recovered_key',
  'gap_seconds',
);

const VERDICT_COLUMNS = columnsOf(VERDICT);

type VerdictRow = NewRowOf<typeof VERDICT>;

/**
 * Judges the production deployments of services with the incidents and marks
 * known now, and writes what changed.
 *
 * @returns finishes of the deployments whose verdict changed
 */
export async function judgeDeployments(
  tx: Knex.Transaction,
  judged: readonly Judged[],
  context: { incidentWindowMs: number },
): Promise<Array<{ service: string; at: number }>> {
  const since = await firstConcerned(tx, judged);
  const rows = await select(
    reachedSince(tx, since),
    tables.deployments,
    ...JUDGED_BY,
    ...VERDICT_COLUMNS,
  );
  const concerned = new Map(
    judged.map(({ service }) => [service, new Array<ChainDeployment>()]),
  );
  for (const row of rows) {
    concerned.get(row.service_ref)!.push(toChainDeployment(row));
  }
  await linkByWindow(tx, since, concerned, context.incidentWindowMs);
  const earlier = await successesBefore(tx, since, concerned);
  const keys = rows.map(({ key }) => ({ key }));
  const incidents = await incidentsByDeployment(tx, keys);
  const marks = await marksByDeployment(tx, keys);
  const verdicts = judged.flatMap(({ service }) =>
    judgeService(
      [...(earlier.get(service) ?? []), ...concerned.get(service)!],
      key => incidents.get(key) ?? [],
      key => marks.get(key),
    ).map(toVerdict),
  );

  await forgetVerdicts(tx, since);
  const before = new Map(rows.map(row => [row.key, row]));
  const changed = verdicts.filter(verdict => {
    const row = before.get(verdict.key);
    return row !== undefined && differs(verdict, row);
  });
  if (changed.length > 0) {
    const columns = VERDICT_COLUMNS.filter(name => name !== 'key');
    const source = rowSource(tx, VERDICT.columns, changed);
    await tx.raw(
      `update deployments set ${columns
        .map(name => `${name} = k.${name}`)
        .join(', ')} from ${source.sql} where deployments.key = k.key`,
      source.bindings,
    );
    await deploymentsMoved(
      tx,
      changed.map(({ key }) => key),
    );
  }
  return changed.map(verdict => {
    const row = before.get(verdict.key)!;
    return { service: row.service_ref, at: row.finished_at! };
  });
}

/** What is no longer (or no longer known as) in production has no verdict. */
async function forgetVerdicts(
  tx: Knex.Transaction,
  since: Instants,
): Promise<void> {
  const stale: Array<{ key: string }> = await tx.select('deployments.key').from(
    perRow(
      tx,
      SINCE,
      sinceRows(since),
      'deployments',
      `deployments.service_ref = k.service_ref and deployments.at >= k.since
        and not (deployments.reached and deployments.production)
        and (deployments.failed or deployments.rework
          or deployments.gap_seconds is not null
          or deployments.detected_at is not null
          or deployments.causes <> '[]')`,
    ),
  );
  for (let start = 0; start < stale.length; start += 5_000) {
    const slice = stale.slice(start, start + 5_000);
    await tx('deployments')
      .whereIn(
        'key',
        slice.map(row => row.key),
      )
      .update({
        failed: false,
        causes: '[]',
        rework: false,
        rework_reason: null,
        detected_at: null,
        recovered_at: null,
        recovered_by: null,
        recovered_key: null,
        gap_seconds: null,
      });
    await deploymentsMoved(
      tx,
      slice.map(({ key }) => key),
    );
  }
}

type Keys = ReadonlyArray<{ key: string }>;

/** An incident with a deployment it is linked to. */
type LinkedIncident = Pick<Stored<'incidentLinks'>, 'deployment_key'> &
  Pick<
    Stored<'incidents'>,
    'fact_key' | 'source' | 'ext_id' | 'title' | 'opened_at' | 'resolved_at'
  >;

async function incidentsByDeployment(
  tx: Knex.Transaction,
  keys: Keys,
): Promise<Map<string, JudgedIncident[]>> {
  const rows: LinkedIncident[] = await tx
    .from(
      perRow(
        tx,
        { key: 'text' },
        keys,
        'incident_links',
        'incident_links.deployment_key = k.key',
      ),
    )
    .innerJoin('incidents', 'incidents.fact_key', 'incident_links.incident_key')
    .where('incidents.known', 'known')
    .orderBy(['incidents.opened_at', 'incidents.fact_key'])
    .select(
      'incident_links.deployment_key',
      'incidents.fact_key',
      'incidents.source',
      'incidents.ext_id',
      'incidents.title',
      'incidents.opened_at',
      'incidents.resolved_at',
    );
  const byDeployment = new Map<string, JudgedIncident[]>();
  for (const row of rows) {
    const list = byDeployment.get(row.deployment_key) ?? [];
    list.push({
      key: row.fact_key,
      source: row.source,
      id: row.ext_id,
      title: row.title,
      openedAt: row.opened_at!,
      resolvedAt: row.resolved_at,
    });
    byDeployment.set(row.deployment_key, list);
  }
  return byDeployment;
}

async function marksByDeployment(
  tx: Knex.Transaction,
  keys: Keys,
): Promise<Map<string, JudgedMark>> {
  const own = await select(
    tx('marks').innerJoin(
      rowsFrom(tx, { key: 'text' }, keys),
      'k.key',
      'marks.deployment_key',
    ),
    tables.marks,
    'deployment_key',
    'verdict',
    'marked_by',
    'marked_at',
  );
  // Given to a job before another one of its run counted.
  const ofMembers: typeof own = await tx('marks')
    .innerJoin(
      'deployment_members',
      'deployment_members.key',
      'marks.deployment_key',
    )
    .innerJoin(
      rowsFrom(tx, { key: 'text' }, keys),
      'k.key',
      'deployment_members.counted_key',
    )
    .select('k.key as deployment_key', 'verdict', 'marked_by', 'marked_at');
  const marks = new Map<string, JudgedMark>();
  // The newest one holds.
  for (const row of [...own, ...ofMembers].sort(
    (a, b) => a.marked_at - b.marked_at,
  )) {
    marks.set(row.deployment_key, { verdict: row.verdict, by: row.marked_by });
  }
  return marks;
}

function toVerdict(judgement: Judgement): VerdictRow {
  return {
    key: judgement.key,
    failed: judgement.failed,
    causes: JSON.stringify(judgement.causes),
    rework: judgement.rework,
    rework_reason: judgement.reworkReason,
    detected_at: judgement.detectedAt,
    recovered_at: judgement.recovery?.at ?? null,
    recovered_by: judgement.recovery?.by ?? null,
    recovered_key: judgement.recovery?.key ?? null,
    gap_seconds: judgement.gapSeconds,
  };
}

function differs(
  verdict: VerdictRow,
  before: Pick<Stored<'deployments'>, keyof VerdictRow>,
): boolean {
  return VERDICT_COLUMNS.some(name => {
    const [now, was] = [verdict[name], before[name]];
    // SQLite keeps booleans as numbers.
    return typeof now === 'boolean' ? Boolean(was) !== now : was !== now;
  });
}
