import type {
  DeploymentSummary,
  ListedDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  BACK_MS,
  coversStart,
  participationOf,
  type Participation,
  type SeenDeployment,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { allows, changes, events, type ChangeRow } from '../store/tables';

/** A deployment as delivery tells it, as far as it matters here. */
export interface ToldDeployment {
  key: string;
  entityRef: string;
  entityTitle: string;
  environment: string;
  sha: string | null;
  artifact: string | null;
  status: string;
  isProduction: boolean;
  isSandbox: boolean;
  startedAt: number | null;
}

/** What delivery answered about a deployment. */
export function toldOf({
  deployment,
  repositories,
  artifact,
}: {
  deployment: DeploymentSummary;
} & Pick<ListedDeployment, 'repositories' | 'artifact'>): ToldDeployment {
  const { key, environment, status, production, sandbox } = deployment;
  const { service, serviceTitle, startedAt } = deployment;
  return {
    key,
    entityRef: service,
    entityTitle: serviceTitle,
    environment,
    sha: repositories.find(({ sha }) => sha !== null)?.sha ?? null,
    artifact,
    status,
    isProduction: production,
    isSandbox: sandbox,
    startedAt: startedAt === null ? null : Date.parse(startedAt),
  };
}

/** Where it went, for change approval. */
export interface Place {
  participation: Participation;
  isProduction: boolean;
  owner: string | null;
  environmentClass: ChangeRow['environment_class'];
}

/** Whose it is and how far change approval goes there. */
export async function placeOfDeployment(
  { config, place }: Pick<CaseDeps, 'config' | 'place'>,
  told: ToldDeployment,
): Promise<Place> {
  const { entityRef, environment } = told;
  const found = await place({ entityRef, environment });
  const environmentClass = told.isProduction
    ? ('production' as const)
    : found.environmentClass;
  return {
    participation: participationOf(config.participation, {
      entityRef,
      ...found,
    }),
    // What nobody has listed counts as production.
    isProduction: (environmentClass ?? 'production') === 'production',
    owner: found.owner,
    environmentClass,
  };
}

const allowOf = (row: {
  at: number;
  expires_at: number;
  cancelled_at: number | null;
}) => ({
  at: row.at,
  expiresAt: row.expires_at,
  cancelledAt: row.cancelled_at,
});

/** What the record has on a deployment, and the change request it started by. */
export async function readSeen(
  tx: Knex,
  told: ToldDeployment,
  {
    participation,
    isProduction,
    graceMs,
    seenAt,
  }: Pick<Place, 'participation' | 'isProduction'> &
    Pick<SeenDeployment, 'graceMs' | 'seenAt'>,
): Promise<{ seen: SeenDeployment; changeId: string | null }> {
  const candidates = await changesOf(tx, told);
  const given = await select(
    tx(allows.name)
      .whereIn(
        'change_id',
        candidates.map(({ id }) => id),
      )
      .orderBy('at', 'desc')
      .limit(500),
    allows,
  );
  const startedAt = told.startedAt ?? seenAt;
  const used = given.find(row => coversStart(allowOf(row), startedAt));
  return {
    changeId: used?.change_id ?? null,
    seen: {
      participation,
      isProduction,
      graceMs,
      isSandbox: told.isSandbox,
      startedAt: told.startedAt,
      seenAt,
      recordBegan: (await recordBegan(tx)) ?? null,
      allows: given.map(allowOf),
      isWayBack: await isWayBack(tx, told, candidates, startedAt),
    },
  };
}

/** When the record began, ms; undefined while it is empty. */
export async function recordBegan(db: Knex): Promise<number | undefined> {
  const [first] = await select(
    db(events.name).orderBy('seq').limit(1),
    events,
    'at',
  );
  return first?.at;
}

/** The change requests a deployment could have started by, the newest first. */
async function changesOf(
  tx: Knex,
  { entityRef, environment, sha, artifact }: ToldDeployment,
): Promise<Array<Pick<ChangeRow, 'id'>>> {
  if (sha === null && artifact === null) return [];
  return select(
    tx(changes.name)
      .where({ entity_ref: entityRef, environment })
      .where(which => {
        if (sha !== null) which.orWhere('head_sha', sha);
        if (artifact !== null) which.orWhere('artifact_digest', artifact);
      })
      .whereNot('state', 'unauthorized')
      .orderBy('created_at', 'desc')
      .limit(50),
    changes,
    'id',
  );
}

/** Whether it goes back to what was allowed there, because something failed. */
async function isWayBack(
  tx: Knex,
  { entityRef, environment }: ToldDeployment,
  candidates: ReadonlyArray<Pick<ChangeRow, 'id'>>,
  startedAt: number,
): Promise<boolean> {
  if (candidates.length === 0) return false;
  const [failed] = await tx(changes.name)
    .where({ entity_ref: entityRef, environment, state: 'failed' })
    .limit(1);
  if (!failed) return false;
  const [allowed] = await tx(allows.name)
    .whereIn(
      'change_id',
      candidates.map(({ id }) => id),
    )
    .where('at', '>=', startedAt - BACK_MS)
    .where('at', '<=', startedAt)
    .whereNotNull('spent_at')
    .limit(1);
  return allowed !== undefined;
}
