import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { ENGINE, Moving } from '../cases/moving';
import { DELIVERY_DOER } from '../cases/running';
import { packDigestOf } from '../cases/scored';
import { revisions, type ChangeRow } from '../store/tables';
import type { Place, ToldDeployment } from './seen';

/** What is known of a deployment nobody allowed: nobody asked, nothing was scored. */
export async function unauthorizedChange(
  tx: Knex.Transaction,
  told: ToldDeployment,
  place: Pick<Place, 'owner' | 'environmentClass'>,
  now: number,
): Promise<Moving> {
  const plan = { title: titleOf(told), description: '', window: null };
  const about = {
    entity_ref: told.entityRef,
    environment: told.environment,
    head_sha: told.sha ?? '',
    artifact_digest: told.artifact,
  };
  const row: ChangeRow = {
    ...about,
    id: uuid(),
    type: 'normal',
    state: 'unauthorized',
    entity_title: told.entityTitle,
    owner_ref: place.owner,
    traits: null,
    environment_class: place.environmentClass,
    sample: 0,
    title: plan.title,
    submitter: ENGINE,
    revision: 1,
    round: 0,
    pack_digest: packDigestOf(about, plan),
    risk_result_hash: null,
    score: null,
    route: null,
    requirement: null,
    window_from: null,
    window_to: null,
    created_at: now,
    updated_at: now,
    expires_at: null,
    review_since: null,
    review_used: 0,
    clock_step: 0,
    twin_key: null,
    event_count: 0,
    event_leaf: '',
  };
  const moving = new Moving(tx, row, now, DELIVERY_DOER, true);
  moving.raise({
    event: 'deploy_without_allow',
    by: 'plane',
    holds: { isEnforced: true },
    data: {
      deployment: told.key,
      entityRef: told.entityRef,
      environment: told.environment,
      headSha: told.sha,
      artifactDigest: told.artifact,
      startedAt: told.startedAt,
    },
  });
  await insertRows(tx, revisions, [
    {
      change_id: row.id,
      revision: 1,
      title: plan.title,
      description: plan.description,
      window_from: null,
      window_to: null,
      author: ENGINE,
      at: now,
      pack_digest: row.pack_digest,
      scored: null,
    },
  ]);
  return moving;
}

function titleOf({ environment, sha, artifact }: ToldDeployment): string {
  const what = sha?.slice(0, 12) ?? artifact?.slice(0, 19) ?? 'something';
  return `${what} went to ${environment} without being allowed`.slice(0, 200);
}
