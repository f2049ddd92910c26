import type { Knex } from 'knex';
import type {
  Confidence,
  DeploymentResponse,
  FailureCause,
  LinkMethod,
  Recovery,
  ReworkReason,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Stored } from '../store/tables';
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
  return DEPLOYMENT_KEY.test(key)
    ? db('deployments').where('key', key).first('*')
    : undefined;
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
  const { changes, hidden: changesHidden } = await changesOfDeployment(
    row.key,
    context,
  );
  const mark = await db('marks').where('deployment_key', row.key).first('*');
  return {
    asOf: iso(now),
    deployment: toSummary(row, titles, context),
    repositories: parts.map(part => ({
      repository: part.repository,
      sha: part.sha,
    })),
    artifact: row.artifact,
    labels: (await labelsOf(db, [row.key])).get(row.key) ?? [],
    methodText: methodText(row),
    changes,
    changesHidden,
    causes: causesOf(row, told),
    recovery: await recoveryOf(db, row, told),
    reworkText: reworkText(row),
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
    .orderBy('opened_at')
    .select('incidents.*');
}

/** Its parts, without the repositories that are only those of hidden services. */
async function shownParts(
  row: Row,
  context: PersonalContext,
): Promise<Array<Stored<'deploymentParts'>>> {
  const parts: Array<Stored<'deploymentParts'>> = await context
    .db('deployment_parts')
    .where('fact_key', row.fact_key)
    .orderBy('position');
  const shown = await shownRepositories(
    parts.map(part => part.repository),
    context,
  );
  return parts.filter(({ repository }) => shown.has(repository));
}

const HIDDEN_CAUSE: FailureCause = {
  cause: 'incident',
  hidden: true,
  text: 'An incident that you may not see is linked to it',
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

const METHODS: Record<LinkMethod, string> = {
  'explicit-list': 'the sender listed the commits',
  reachability:
    'the commits reachable from its sha and from no earlier deployment',
  'merge-sha': 'its sha is the merge commit of a pull request',
  'head-sha': 'its sha is the head of a pull request',
  'squash-map': 'its commit names the pull request it was squashed from',
  'artifact-map':
    'its artifact is known to be built from a sha another deployment told',
  none: 'nothing tells which commits it contains',
};

const SURE: Record<Confidence, string> = {
  certain: 'certain',
  high: 'very likely',
  medium: 'likely',
  low: 'not known',
};

function methodText(row: Row): string {
  if (row.seed) {
    return 'It is the first known deployment of this environment: everything reachable from it was deployed already, so it contains nothing';
  }
  return `Found by: ${METHODS[row.method as LinkMethod]} (${
    SURE[row.confidence as Confidence]
  })`;
}

const RECOVERIES: Record<Recovery['by'], string> = {
  'incident-resolved': 'All its incidents were resolved',
  rollback: 'A rollback followed',
  hotfix: 'A hotfix followed',
  'rolled-back': 'It was rolled back itself',
  'next-success': 'The next deployment succeeded',
};

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
      text: 'All its incidents were resolved; the last is one that you may not see',
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
    text: RECOVERIES[by as Recovery['by']],
  };
}

const REWORK: Record<ReworkReason, string> = {
  unplanned: 'The sender says it was unplanned',
  hotfix: 'It is a hotfix',
  rollback: 'It is a rollback',
  'fixes-incident': 'It was made because of an incident',
};

function reworkText(row: Row): string | null {
  return row.rework_reason ? REWORK[row.rework_reason as ReworkReason] : null;
}

async function neighbour(
  db: Knex,
  row: Row,
  which: 'previous' | 'next',
): Promise<DeploymentResponse['previous']> {
  const [before, order] =
    which === 'previous' ? (['<', 'desc'] as const) : (['>', 'asc'] as const);
  const found = await db('deployments')
    .where({
      service_ref: row.service_ref,
      environment: row.environment,
    })
    .where(query =>
      query
        .where('at', before, row.at)
        .orWhere(tie => tie.where('at', row.at).where('key', before, row.key)),
    )
    .orderBy([
      { column: 'at', order },
      { column: 'key', order },
    ])
    .first('key', 'source', 'ext_id');
  return found
    ? { key: found.key, source: found.source, id: found.ext_id }
    : null;
}
