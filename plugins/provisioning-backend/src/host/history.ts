import type {
  Release,
  RunKind,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Said } from '@fawkes/kit-contract';
import {
  insertRows,
  inTransaction,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import type { Message, Outbox } from '@fawkes/kit-backend/work';
import type { Knex } from 'knex';
import { deploymentEvent, deploymentId } from './deliveryEvents';
import { releases, repositories, type ReleaseRow } from './store';
import { forDelivery } from './telling';
import { say } from './words';

/** A row as it is written. */
export type NewRelease = NewRowOf<typeof releases>;

/** What was deployed, each time; what is written is told in the same transaction. */
export class History {
  constructor(
    private readonly db: Knex,
    private readonly outbox: Outbox,
    private readonly now: () => number,
  ) {}

  /**
   * Begins a release, once; and tells it. Whichever has not ended until then is
   * cancelled: this one takes its place.
   */
  async begin(row: NewRelease, news: readonly Message[]): Promise<void> {
    await inTransaction(this.db, async tx => {
      await this.cancelIn(tx, row.request_id, row.run_id);
      await insertRows(tx, releases, [row], {
        update: `state = 'deploying', reason = null`,
      });
      await this.outbox.put(tx, news);
    });
  }

  /**
   * Writes down how a release ended, and the way back if there was one; and tells
   * it. One whose place was taken meanwhile has ended.
   */
  async end(
    rows: readonly NewRelease[],
    news: readonly Message[],
  ): Promise<void> {
    await inTransaction(this.db, async tx => {
      const [{ request_id, run_id }] = rows;
      const open = await tx(releases.name)
        .where({ request_id, run_id, part: 'deploy', state: 'deploying' })
        .first('run_id');
      if (!open) return;
      await insertRows(tx, releases, rows, { update: ['state', 'reason'] });
      await this.outbox.put(tx, news);
    });
  }

  /** Cancels what has not ended: the service goes. */
  async cancel(requestId: string): Promise<void> {
    await inTransaction(this.db, tx => this.cancelIn(tx, requestId));
  }

  private async cancelIn(
    tx: Knex.Transaction,
    requestId: string,
    exceptRun: string = '',
  ): Promise<void> {
    const open = () =>
      tx(releases.name)
        .where({ request_id: requestId, state: 'deploying' })
        .whereNot({ run_id: exceptRun });
    const rows = await select(open(), releases);
    if (rows.length === 0) return;
    const reason = JSON.stringify(say('deploy.superseded'));
    await open().update({ state: 'superseded', reason });
    const service = await this.serviceOf(tx, requestId);
    if (!service) return;
    const at = this.now();
    await this.outbox.put(
      tx,
      rows.flatMap(row =>
        forDelivery(requestId, `${row.run_id}/cancelled`, [
          deploymentEvent(service, {
            id: deploymentId(row.run_id),
            status: 'cancelled',
            kind: row.kind,
            commit: row.commit_sha,
            digest: row.digest,
            startedAt: Math.min(row.at, at),
            finishedAt: at,
            actor: row.by,
          }),
        ]),
      ),
    );
  }

  private async serviceOf(tx: Knex, requestId: string) {
    const [row] = await select(
      tx(repositories.name).where({ request_id: requestId }),
      repositories,
      'namespace',
      'name',
    );
    return row;
  }

  async find(
    requestId: string,
    runId: string,
  ): Promise<ReleaseRow | undefined> {
    const [row] = await select(
      this.db(releases.name).where({
        request_id: requestId,
        run_id: runId,
        part: 'deploy',
      }),
      releases,
    );
    return row;
  }

  /** All of a request, newest first. */
  of(requestId: string): Promise<ReleaseRow[]> {
    return select(
      this.db(releases.name)
        .where({ request_id: requestId })
        .orderBy([
          { column: 'at', order: 'desc' },
          // A way back comes after what it is the way back of.
          { column: 'part', order: 'asc' },
        ])
        .limit(200),
      releases,
    );
  }

  async forget(requestId: string): Promise<void> {
    await this.db(releases.name).where({ request_id: requestId }).delete();
  }
}

/**
 * The artifact to go back to: the newest that was healthy and is another one.
 *
 * @param rows - newest first
 */
export function healthyBefore(
  rows: readonly ReleaseRow[],
  digest: string | null,
): string | undefined {
  return rows.find(row => row.state === 'healthy' && row.digest !== digest)
    ?.digest;
}

/**
 * Releases as pages show them, newest first.
 *
 * @param current - the artifact that serves, or would
 */
export function releasesOf(
  rows: readonly ReleaseRow[],
  current: string | null,
): Release[] {
  const newest = rows.find(
    row => row.digest === current && row.state === 'healthy',
  );
  return rows.map(row => ({
    digest: row.digest,
    commit: row.commit_sha,
    healthy: row.state === 'healthy',
    current: row === newest,
    kind: row.kind,
    state: row.state === 'healthy' && row !== newest ? 'retired' : row.state,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as Said),
    at: new Date(row.at).toISOString(),
    by: row.by,
    runId: row.run_id,
  }));
}

/** What a run deploys for, as it is told. */
export function kindOf(run: RunKind): 'deploy' | 'rollback' {
  return run === 'rollback' ? 'rollback' : 'deploy';
}
