import type { Knex } from 'knex';
import {
  say,
  type Confidence,
  type DeliveryWordCode,
  type DeploymentResponse,
  type FailureCause,
  type LinkMethod,
  type Recovery,
  type ReworkReason,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Said } from '@fawkes/kit-contract';
import { isRebuilding } from '../store/rebuild';
import type { Stored } from '../store/tables';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { changesOfDeployment } from './changes';
import { iso, type PersonalContext } from './context';
import { titlesOf, toSummary } from './deployments';
import { toIncidents } from './incidents';
import { labelsOf } from './labels';
import { shownIncidents, shownRepositories } from './visibility';

type Row = Stored<'deployments'>;

const DEPLOYMENT_KEY = /^[0-9a-f]{40}$/;

/** The row of a deployment, for finding out whose it is. */
export async function findDeployment(
  db: Knex,
  key: string,
): Promise<Row | undefined> {
  if (!DEPLOYMENT_KEY.test(key)) return undefined;
  const own = await db('deployments').where('key', key).first('*');
  if (own) return own;
  // A job of a run is opened as the deployment it is part of.
  return db('deployment_members')
    .innerJoin(
      'deployments',
      'deployments.key',
      'deployment_members.counted_key',
    )
    .where('deployment_members.key', key)
    .first('deployments.*');
}

/** Everything about one deployment. */
export async function readDeployment(
  row: Row,
  mayMark: boolean,
  context: PersonalContext,
): Promise<DeploymentResponse> {
  const { db, now } = context;
  const titles = await titlesOf(db, [row.service_ref]);
  const parts = await shownParts(row, context);
  const incidents = await shownIncidents(
    await incidentsOf(db, row.key),
    context,
  );
  const told = new Set<string>(incidents.map(incident => incident.fact_key));
  const {
    changes,
    hidden: changesHidden,
    cut: changesCut,
  } = await changesOfDeployment(row.key, context);
  const mark = await db('marks')
    .whereIn('deployment_key', await keysOf(db, row.key))
    .orderBy([{ column: 'marked_at', order: 'desc' }, 'deployment_key'])
    .first('*');
  const rework = reworkOf(row);
  return {
    asOf: iso(now),
    rebuilding: await isRebuilding(db),
    deployment: toSummary(row, titles, context),
    repositories: distinctParts(parts),
    seedRepositories: seedsOf(row, parts),
    artifact: row.artifact,
    labels: (await labelsOf(db, [row.key])).get(row.key) ?? [],
    ...foundBy(row),
    changes,
    changesHidden,
    changesCut,
    causes: causesOf(row, told),
    recovery: await recoveryOf(db, row, told),
    reworkText: rework?.text ?? null,
    reworkSaid: rework,
    incidents: await toIncidents(incidents, context),
    mark: mark
      ? {
          verdict: mark.verdict,
          reason: mark.reason,
          by: mark.marked_by,
          at: iso(mark.marked_at),
        }
      : null,
    mayMark,
    previous: await neighbour(db, row, 'previous'),
    next: await neighbour(db, row, 'next'),
  };
}

async function incidentsOf(
  db: Knex,
  deployment: string,
): Promise<Array<Stored<'incidents'>>> {
  return db('incidents')
    .innerJoin(
      'incident_links',
      'incident_links.incident_key',
      'incidents.fact_key',
    )
    .where('incident_links.deployment_key', deployment)
    .orderBy(['opened_at', 'ext_id', 'incidents.source'])
    .select('incidents.*');
}

/** All keys it is known by. */
async function keysOf(db: Knex, key: string): Promise<string[]> {
  const members = await db('deployment_members')
    .where('counted_key', key)
    .pluck('key');
  return [key, ...members];
}

/** Facts that are part of it. */
async function membersOf(db: Knex, key: string): Promise<string[]> {
  return db('deployment_members').where('counted_key', key).pluck('fact_key');
}

/** Its parts, without the repositories that are only those of hidden services. */
async function shownParts(
  row: Row,
  context: PersonalContext,
): Promise<Array<Stored<'deploymentParts'>>> {
  const parts: Array<Stored<'deploymentParts'>> = await context
    .db('deployment_parts')
    .whereIn('fact_key', [
      row.fact_key,
      ...(await membersOf(context.db, row.key)),
    ])
    .orderBy(['fact_key', 'position']);
  const shown = await shownRepositories(
    parts.map(part => part.repository),
    context,
  );
  return parts.filter(({ repository }) => shown.has(repository));
}

/** Jobs of one run tell the same again. */
function distinctParts(
  parts: ReadonlyArray<Stored<'deploymentParts'>>,
): DeploymentResponse['repositories'] {
  const distinct = new Map(
    parts.map(({ repository, sha }) => [
      `${repository}@${sha}`,
      { repository, sha },
    ]),
  );
  return [...distinct.values()];
}

/** Repositories that begin here, of those that may be shown. */
function seedsOf(
  row: Row,
  parts: ReadonlyArray<Stored<'deploymentParts'>>,
): string[] {
  const shown = new Set(parts.map(part => part.repository));
  const seeds: string[] = JSON.parse(row.seed_repositories);
  return seeds.filter(repository => shown.has(repository));
}

const HIDDEN_CAUSE: FailureCause = {
  cause: 'incident',
  hidden: true,
  ...say('cause.incident_hidden'),
};

/**
 * Why it failed. What an incident the caller may not hear of adds to that is
 * said once, however many there are: that there is one, and nothing about it.
 */
function causesOf(row: Row, told: ReadonlySet<string>): FailureCause[] {
  const causes: FailureCause[] = JSON.parse(row.causes);
  const isShown = ({ cause, fact }: FailureCause) =>
    cause !== 'incident' || (fact !== undefined && told.has(fact.key));
  const first = causes.findIndex(cause => !isShown(cause));
  return causes.flatMap((cause, index): FailureCause[] => {
    if (isShown(cause)) return [cause];
    return index === first ? [HIDDEN_CAUSE] : [];
  });
}

const METHODS = {
  'explicit-list': 'method.explicit_list',
  reachability: 'method.reachability',
  'merge-sha': 'method.merge_sha',
  'head-sha': 'method.head_sha',
  'squash-map': 'method.squash_map',
  'artifact-map': 'method.artifact_map',
  none: 'method.none',
} as const satisfies Record<LinkMethod, DeliveryWordCode>;

/** How its changes were found, and how sure that is. */
function foundBy(
  row: Row,
): Pick<DeploymentResponse, 'methodText' | 'methodSaid' | 'confidenceSaid'> {
  if (row.seed) {
    const said = say('method.seed');
    return { methodText: said.text, methodSaid: said, confidenceSaid: null };
  }
  const method = say(METHODS[row.method as LinkMethod]);
  const sure = say(`confidence.${row.confidence as Confidence}`);
  return {
    methodText: `${method.text} (${sure.text})`,
    methodSaid: method,
    confidenceSaid: sure,
  };
}

const RECOVERIES = {
  'incident-resolved': 'recovery.by.incident_resolved',
  rollback: 'recovery.by.rollback',
  hotfix: 'recovery.by.hotfix',
  'rolled-back': 'recovery.by.rolled_back',
  'next-success': 'recovery.by.next_success',
} as const satisfies Record<Recovery['by'], DeliveryWordCode>;

async function recoveryOf(
  db: Knex,
  row: Row,
  told: ReadonlySet<string>,
): Promise<DeploymentResponse['recovery']> {
  const { recovered_at: at, recovered_by: by, recovered_key: key } = row;
  if (at === null || by === null) return null;
  const byIncident = by === 'incident-resolved';
  if (byIncident && (key === null || !told.has(key))) {
    return {
      at: iso(at),
      by,
      hidden: true,
      ...say('recovery.by.incident_hidden'),
    };
  }
  const table = byIncident ? 'incidents' : 'deployments';
  const column = byIncident ? 'fact_key' : 'key';
  const fact = key
    ? await db(table).where(column, key).first('source', 'ext_id')
    : undefined;
  return {
    at: iso(at),
    by,
    ...(fact && key
      ? { fact: { key, source: fact.source, id: fact.ext_id } }
      : {}),
    ...say(RECOVERIES[by as Recovery['by']]),
  };
}

const REWORK = {
  unplanned: 'rework.unplanned',
  hotfix: 'rework.hotfix',
  rollback: 'rework.rollback',
  'fixes-incident': 'rework.fixes_incident',
} as const satisfies Record<ReworkReason, DeliveryWordCode>;

function reworkOf(row: Row): Said | null {
  return row.rework_reason
    ? say(REWORK[row.rework_reason as ReworkReason])
    : null;
}

async function neighbour(
  db: Knex,
  row: Row,
  which: 'previous' | 'next',
): Promise<DeploymentResponse['previous']> {
  const [before, order] =
    which === 'previous' ? (['<', 'desc'] as const) : (['>', 'asc'] as const);
  // As a chain has them, whatever a database thinks of letters.
  const collation = isPostgres(db) ? '"C"' : 'binary';
  const columns = [
    { sql: 'at', value: row.at },
    ...[row.ext_id, row.source, row.key].map((value, i) => ({
      sql: `${['ext_id', 'source', 'key'][i]} collate ${collation}`,
      value,
    })),
  ];
  const found = await db('deployments')
    .where({ service_ref: row.service_ref, chain: row.chain, reached: true })
    .where(query => {
      columns.forEach(({ sql, value }, i) =>
        query.orWhere(tie => {
          for (const equal of columns.slice(0, i)) {
            tie.whereRaw(`${equal.sql} = ?`, [equal.value]);
          }
          tie.whereRaw(`${sql} ${before} ?`, [value]);
        }),
      );
    })
    .orderByRaw(columns.map(({ sql }) => `${sql} ${order}`).join(', '))
    .first('key', 'source', 'ext_id');
  return found
    ? { key: found.key, source: found.source, id: found.ext_id }
    : null;
}
