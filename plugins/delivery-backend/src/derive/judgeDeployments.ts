import type { Knex } from 'knex';
import {
  compareDeployments,
  judgeService,
  suspectByWindow,
  type ChainDeployment,
  type JudgedIncident,
  type JudgedMark,
  type Judgement,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, rowsFrom, rowSource } from '../store/dialect';
import {
  firstConcerned,
  JUDGED_BY,
  reached,
  successesBefore,
  toChainDeployment,
} from './concerned';

const VERDICT = {
  key: 'text',
  failed: 'bool',
  causes: 'text',
  rework: 'bool',
  rework_reason: 'text',
  detected_at: 'double',
  recovered_at: 'double',
  recovered_by: 'text',
  recovered_key: 'text',
  gap_seconds: 'double',
} as const;

type VerdictRow = Record<
  keyof typeof VERDICT,
  string | number | boolean | null
>;

/**
 * Judges the production deployments of a service with the incidents and marks
 * known now, and writes what changed.
 *
 * @param from - only those whose verdict may change by deployments that finish
 *   at or after this instant in these environments; 0 = all, which incidents
 *   and marks ask for
 * @returns finishes of the deployments whose verdict changed
 */
export async function judgeDeployments(
  tx: Knex.Transaction,
  service: string,
  { from, environments }: { from: number; environments: Iterable<string> },
  context: { incidentWindowMs: number },
): Promise<number[]> {
  const since = await firstConcerned(tx, service, from, environments);
  const rows: Array<Record<string, never>> = await reached(tx, service)
    .where('at', '>=', since)
    .select([...JUDGED_BY, ...Object.keys(VERDICT)]);
  const concerned = rows.map(toChainDeployment);
  await linkByWindow(tx, service, concerned, since, context.incidentWindowMs);
  const deployments = [
    ...(await successesBefore(tx, service, since, concerned)),
    ...concerned,
  ];
  const keys = concerned.map(({ key }) => ({ key }));
  const incidents = await incidentsByDeployment(tx, keys);
  const marks = await marksByDeployment(tx, keys);
  const verdicts = judgeService(
    deployments,
    key => incidents.get(key) ?? [],
    key => marks.get(key),
  ).map(toVerdict);

  await forgetVerdicts(tx, service, since);
  const before = new Map(rows.map(row => [String(row.key), row]));
  const changed = verdicts.filter(verdict => {
    const row = before.get(String(verdict.key));
    return row !== undefined && differs(verdict, row);
  });
  if (changed.length > 0) {
    const columns = Object.keys(VERDICT).filter(name => name !== 'key');
    const source = rowSource(tx, VERDICT, changed);
    await tx.raw(
      `update deployments set ${columns
        .map(name => `${name} = k.${name}`)
        .join(', ')} from ${source.sql} where deployments.key = k.key`,
      source.bindings,
    );
  }
  return changed.map(verdict => before.get(String(verdict.key))!.finished_at);
}

/** What is no longer (or no longer known as) in production has no verdict. */
async function forgetVerdicts(
  tx: Knex.Transaction,
  service: string,
  since: number,
): Promise<void> {
  await tx('deployments')
    .where('service_ref', service)
    .where('at', '>=', since)
    .where(query => query.where('reached', false).orWhere('production', false))
    .where(query =>
      query
        .where('failed', true)
        .orWhere('rework', true)
        .orWhereNotNull('gap_seconds')
        .orWhereNotNull('detected_at')
        .orWhereNot('causes', '[]'),
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
}

async function linkByWindow(
  tx: Knex.Transaction,
  service: string,
  deployments: readonly ChainDeployment[],
  since: number,
  windowMs: number,
): Promise<void> {
  const incidents = await tx('incidents')
    .where({ service, known: 'known' })
    .where('opened_at', '>=', since)
    .whereNull('caused_by')
    .select('fact_key', 'opened_at');
  const old = new Set<string>(
    (
      await tx('incident_links')
        .where({ service_ref: service, rule: 'window' })
        .modify(query => {
          // All of them, when any incident may have changed.
          if (since > 0) {
            query.whereIn(
              'incident_key',
              incidents.map(incident => incident.fact_key),
            );
          }
        })
        .select('incident_key', 'deployment_key')
    ).map(
      (row: { incident_key: string; deployment_key: string }) =>
        `${row.incident_key} ${row.deployment_key}`,
    ),
  );
  const suspects = deployments
    .map(deployment => ({ ...deployment, service }))
    .sort(compareDeployments);
  const fresh: object[] = [];
  for (const incident of incidents) {
    const { opened_at } = incident;
    const near = suspects.slice(
      firstAfter(suspects, opened_at - windowMs - 1),
      firstAfter(suspects, opened_at),
    );
    const suspect = suspectByWindow(opened_at, near, windowMs);
    if (!suspect || old.delete(`${incident.fact_key} ${suspect.key}`)) continue;
    fresh.push({
      incident_key: incident.fact_key,
      deployment_key: suspect.key,
      service_ref: service,
      rule: 'window',
    });
  }
  for (const pair of old) {
    const [incident_key, deployment_key] = pair.split(' ');
    await tx('incident_links')
      .where({ incident_key, deployment_key, rule: 'window' })
      .delete();
  }
  await insertRows(
    tx,
    'incident_links',
    {
      incident_key: 'text',
      deployment_key: 'text',
      service_ref: 'text',
      rule: 'text',
    },
    fresh,
    { keys: ['incident_key', 'deployment_key'], update: ['rule'] },
  );
}

/** Index of the first deployment that finished after an instant. */
function firstAfter(
  ordered: readonly ChainDeployment[],
  instant: number,
): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ordered[middle].finishedAt > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

type Keys = ReadonlyArray<{ key: string }>;

async function incidentsByDeployment(
  tx: Knex.Transaction,
  keys: Keys,
): Promise<Map<string, JudgedIncident[]>> {
  const rows = await tx('incident_links')
    .innerJoin(
      rowsFrom(tx, { key: 'text' }, keys),
      'k.key',
      'incident_links.deployment_key',
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
      openedAt: row.opened_at,
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
  const rows = await tx('marks')
    .innerJoin(
      rowsFrom(tx, { key: 'text' }, keys),
      'k.key',
      'marks.deployment_key',
    )
    .select('marks.deployment_key', 'marks.verdict', 'marks.marked_by');
  return new Map(
    rows.map(row => [
      row.deployment_key,
      { verdict: row.verdict, by: row.marked_by },
    ]),
  );
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
  before: Record<string, unknown> | undefined,
): boolean {
  return Object.entries(VERDICT).some(([name, type]) => {
    const now = verdict[name as keyof VerdictRow];
    const was = before?.[name] ?? null;
    return type === 'bool' ? Boolean(was) !== now : was !== now;
  });
}
