import type { Knex } from 'knex';
import {
  judgeService,
  type ChainDeployment,
  type JudgedIncident,
  type JudgedMark,
  type Judgement,
} from '@fawkes/backstage-plugin-delivery-common';
import { perRow, rowsFrom, rowSource } from '@fawkes/kit-backend/sql';
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
} from './concerned';
import { linkByWindow } from './linkByWindow';

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
  const rows: Array<Record<string, never>> = await reachedSince(
    tx,
    since,
  ).select(
    ['service_ref', ...JUDGED_BY, ...Object.keys(VERDICT)].map(
      name => `deployments.${name}`,
    ),
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
  return changed.map(verdict => {
    const row = before.get(String(verdict.key))!;
    return { service: row.service_ref, at: row.finished_at };
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
  }
}

type Keys = ReadonlyArray<{ key: string }>;

async function incidentsByDeployment(
  tx: Knex.Transaction,
  keys: Keys,
): Promise<Map<string, JudgedIncident[]>> {
  const rows: Array<Record<string, never>> = await tx
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
