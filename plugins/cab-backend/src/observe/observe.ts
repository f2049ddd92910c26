import {
  judgeDeployment,
  type DeploymentVerdict,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { isAway } from '@fawkes/kit-backend/http';
import {
  forUpdate,
  insertRows,
  inTransaction,
  select,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { afterwards, lockChange, Moving, writeAll } from '../cases/moving';
import { DELIVERY_DOER, finishRun, startRun } from '../cases/running';
import { databaseNow } from '../store/database';
import { answers, deployments, type DeploymentRow } from '../store/tables';
import { placeOfDeployment, readSeen, type ToldDeployment } from './seen';
import { unauthorizedChange } from './unauthorized';

const DAY_MS = 86_400_000;

/** What delivery shows beside a deployment, by what it was. */
export const LABELS: Partial<Record<DeploymentVerdict, string>> = {
  unauthorized: 'Nobody allowed this deployment',
  observed: 'No change was asked for',
};

/**
 * Takes note of a deployment: starts and ends the run it is of, counts what is only
 * looked at, and makes a record of its own of what nobody allowed. Told again, it is
 * the same deployment.
 */
export async function observeDeployment(
  deps: CaseDeps,
  told: ToldDeployment,
): Promise<DeploymentVerdict> {
  const { db } = deps;
  const place = await placeOfDeployment(deps, told);
  const { verdict, movings } = await inTransaction(db, async tx => {
    const now = await databaseNow(tx);
    const row = await lockDeployment(tx, told, now);
    const { seen, changeId } = await readSeen(tx, told, {
      ...place,
      graceMs: deps.config.deployments.graceMinutes * 60_000,
      seenAt: row.seen_at,
    });
    // What was settled stays: other rules of today are no fault of yesterday.
    const judged =
      row.verdict === 'waiting' ? judgeDeployment(seen, now) : row.verdict;
    const made: Moving[] = [];
    let belongs = row.change_id ?? (judged === 'allowed' ? changeId : null);
    if (judged === 'allowed' && belongs !== null) {
      made.push(await followRun(tx, belongs, told, row, now));
    }
    if (judged === 'unauthorized' && belongs === null) {
      const moving = await unauthorizedChange(tx, told, place, now);
      belongs = moving.row.id;
      made.push(moving);
    }
    if (judged === 'observed' && row.verdict !== 'observed') {
      await countObserved(tx, told, now);
    }
    await insertRows(
      tx,
      deployments,
      [
        {
          ...row,
          status: told.status,
          started_at: told.startedAt,
          verdict: judged,
          change_id: belongs,
          label: LABELS[judged] ?? null,
        },
      ],
      { update: ['status', 'started_at', 'verdict', 'change_id', 'label'] },
    );
    // The lock of the record is taken here: nothing else follows.
    await writeAll(tx, made);
    return { verdict: judged, movings: made };
  });
  for (const moving of movings) await afterwards(deps, moving);
  return verdict;
}

/**
 * The same for one of many: what cannot be taken down stands in nobody's way. What
 * is away is for all of them, and they are looked at again.
 */
export async function observeOneOf(
  deps: CaseDeps,
  told: ToldDeployment,
): Promise<void> {
  try {
    await observeDeployment(deps, told);
  } catch (error) {
    if (isAway(error)) throw error;
    deps.logger.error('A deployment could not be taken down', {
      key: told.key,
      error: String(error),
    });
  }
}

/** Looks again at what waited for news; what comes late is found by then. */
export async function judgeWaiting(deps: CaseDeps): Promise<number> {
  const rows = await select(
    deps
      .db(deployments.name)
      .where('verdict', 'waiting')
      .orderBy('seen_at')
      .limit(100),
    deployments,
  );
  for (const row of rows) {
    await observeOneOf(deps, {
      key: row.key,
      entityRef: row.entity_ref,
      entityTitle: row.entity_title,
      environment: row.environment,
      sha: row.sha,
      artifact: row.artifact,
      status: row.status,
      // Its environment is looked up again, and a sandbox does not wait.
      isProduction: false,
      isSandbox: false,
      startedAt: row.started_at,
    });
  }
  return rows.length;
}

/** The row of a deployment, made where there is none, locked until the end. */
async function lockDeployment(
  tx: Knex.Transaction,
  told: ToldDeployment,
  now: number,
): Promise<DeploymentRow> {
  const { key, entityRef, environment, sha, artifact, status, startedAt } =
    told;
  await insertRows(
    tx,
    deployments,
    [
      {
        key,
        entity_ref: entityRef,
        entity_title: told.entityTitle,
        environment,
        sha,
        artifact,
        status,
        started_at: startedAt,
        seen_at: now,
        verdict: 'waiting' as const,
        change_id: null,
        label: null,
        labelled_at: null,
      },
    ],
    'keep',
  );
  const [row] = await select(
    forUpdate(tx, tx(deployments.name).where('key', key)),
    deployments,
  );
  return row;
}

/** Moves the change request as its run moves. */
async function followRun(
  tx: Knex.Transaction,
  changeId: string,
  { status, startedAt }: ToldDeployment,
  { seen_at }: DeploymentRow,
  now: number,
): Promise<Moving> {
  const moving = new Moving(
    tx,
    await lockChange(tx, changeId),
    now,
    DELIVERY_DOER,
  );
  const hasStarted = await startRun(moving, {
    at: Math.min(startedAt ?? seen_at, now),
  });
  if (hasStarted && status === 'success') finishRun(moving, 'succeeded');
  if (hasStarted && status === 'failure') finishRun(moving, 'failed');
  return moving;
}

async function countObserved(
  tx: Knex,
  { entityRef, environment }: ToldDeployment,
  now: number,
): Promise<void> {
  await insertRows(
    tx,
    answers,
    [
      {
        entity_ref: entityRef,
        environment,
        code: 'DEPLOYED_UNASKED',
        day: Math.floor(now / DAY_MS) * DAY_MS,
        count: 1,
        last_at: now,
      },
    ],
    { update: 'count = cab_answers.count + 1, last_at = excluded.last_at' },
  );
}
