import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { say, type Claim } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import {
  insertRows,
  inTransaction,
  pick,
  select,
} from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import { applyClaims } from '../intake/applyClaims';
import type { ApplyContext } from '../intake/applyContext';
import { hideActorOf, type HideName } from '../intake/people';
import { tables } from '../store/tables';

/** A running backfill that has not moved for so long has lost its backend, ms. */
const ABANDONED_MS = 10 * 60_000;

/** A source's backfill as it stands. */
export interface BackfillStatus {
  source: string;
  state: 'idle' | 'running' | 'done' | 'failed';
  loaded: number;
  message: string | null;
  updatedAt: number | null;
}

interface Running {
  controller: AbortController;
  /** Never rejects. */
  done: Promise<void>;
}

/** Pulls history from sources, resumably. */
export class Backfills {
  readonly #running = new Map<string, Running>();

  constructor(
    private readonly options: {
      db: Knex;
      logger: LoggerService;
      sources: ReadonlyMap<string, DeliverySource>;
      hideName: HideName;
      apply: () => ApplyContext;
      onLoaded: () => void;
    },
  ) {}

  /** How every backfill that was ever started stands. */
  async list(): Promise<Map<string, BackfillStatus>> {
    const rows = await select(this.options.db('backfills'), tables.backfills);
    return new Map(
      rows.map(row => [
        row.source,
        {
          source: row.source,
          state: row.state,
          loaded: row.loaded,
          message: row.message,
          updatedAt: row.updated_at,
        },
      ]),
    );
  }

  /**
   * Starts (or goes on with) a source's backfill.
   *
   * @returns once it has begun; `done` is the work itself
   */
  async start(id: string): Promise<{ done: Promise<void> }> {
    const source = this.options.sources.get(id);
    if (!source)
      throw saidError(NotFoundError, say('source.not_found', { source: id }));
    if (!source.backfill) {
      throw saidError(
        ConflictError,
        say('source.only_listens', { source: id }),
      );
    }
    const now = this.options.apply().now;
    const cursor = await inTransaction(this.options.db, async tx => {
      await insertRows(
        tx,
        pick(tables.backfills, 'source', 'state', 'loaded'),
        [{ source: id, state: 'idle', loaded: 0 }],
        'keep',
      );
      const taken = await tx('backfills')
        .where('source', id)
        .where(query =>
          query
            .whereNot('state', 'running')
            .orWhere('updated_at', '<', now - ABANDONED_MS),
        )
        .update({ state: 'running', message: null, updated_at: now });
      if (taken === 0) {
        throw saidError(ConflictError, say('source.running', { source: id }));
      }
      const row = await tx('backfills').where('source', id).first('cursor');
      return row?.cursor ? JSON.parse(row.cursor) : undefined;
    });
    const controller = new AbortController();
    const done = this.#run(
      id,
      source.backfill.bind(source),
      cursor,
      controller.signal,
    );
    this.#running.set(id, { controller, done });
    void done.finally(() => this.#running.delete(id));
    return { done };
  }

  /** Ends what runs here, and waits for it; it can go on from its cursor. */
  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  async #run(
    id: string,
    backfill: NonNullable<DeliverySource['backfill']>,
    cursor: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const { db, logger, hideName, apply, onLoaded } = this.options;
    try {
      await backfill({
        cursor,
        logger: logger.child({ source: id }),
        signal,
        commit: async (claims: Claim[], next: unknown) => {
          await inTransaction(db, async tx => {
            const context = apply();
            await applyClaims(
              tx,
              claims.map(claim => hideActorOf(claim, hideName)),
              { ...context, history: true },
            );
            await tx('backfills')
              .where('source', id)
              .update({
                cursor: JSON.stringify(next ?? null),
                loaded: tx.raw('loaded + ?', [claims.length]),
                updated_at: context.now,
              });
          });
          onLoaded();
        },
      });
      await this.#finish(id, 'done', null);
    } catch (error) {
      if (signal.aborted) {
        await this.#finish(id, 'idle', say('backfill.stopped').text);
        return;
      }
      logger.error(`The backfill of ${id} stopped`, { error: String(error) });
      await this.#finish(
        id,
        'failed',
        error instanceof Error ? error.message.slice(0, 500) : 'unknown error',
      );
    }
  }

  async #finish(
    id: string,
    state: 'idle' | 'done' | 'failed',
    message: string | null,
  ): Promise<void> {
    const { db, logger, apply } = this.options;
    try {
      await db('backfills')
        .where('source', id)
        .update({ state, message, updated_at: apply().now });
    } catch (error) {
      // It counts as abandoned after a while, and can be started again.
      logger.error(`How the backfill of ${id} ended could not be kept`, {
        error: String(error),
      });
    }
  }
}
