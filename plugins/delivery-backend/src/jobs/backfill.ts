import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  ConflictError,
  NotFoundError,
  NotImplementedError,
} from '@backstage/errors';
import type { Claim } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import { applyClaims, type ApplyContext } from '../intake/applyClaims';
import { inTransaction, insertRows } from '../store/dialect';

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

/** Pulls history from sources, resumably. */
export class Backfills {
  readonly #running = new Map<string, AbortController>();

  constructor(
    private readonly options: {
      db: Knex;
      logger: LoggerService;
      sources: ReadonlyMap<string, DeliverySource>;
      apply: () => ApplyContext;
      onLoaded: () => void;
    },
  ) {}

  /** How every backfill that was ever started stands. */
  async list(): Promise<Map<string, BackfillStatus>> {
    const rows = await this.options.db('backfills').select('*');
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
      throw new NotFoundError(`No source named '${id}' is installed`);
    if (!source.backfill) {
      throw new NotImplementedError(
        `Source '${id}' cannot load history; it only listens`,
      );
    }
    const now = this.options.apply().now;
    const cursor = await inTransaction(this.options.db, async tx => {
      await insertRows(
        tx,
        'backfills',
        { source: 'text', state: 'text', loaded: 'int' },
        [{ source: id, state: 'idle', loaded: 0 }],
        { keys: ['source'] },
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
        throw new ConflictError(`The backfill of '${id}' is running already`);
      }
      const row = await tx('backfills').where('source', id).first('cursor');
      return row?.cursor ? JSON.parse(row.cursor) : undefined;
    });
    return { done: this.#run(id, source.backfill.bind(source), cursor) };
  }

  /** Ends what runs here; it can go on from its cursor. */
  stop(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  async #run(
    id: string,
    backfill: NonNullable<DeliverySource['backfill']>,
    cursor: unknown,
  ): Promise<void> {
    const { db, logger, apply, onLoaded } = this.options;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      await backfill({
        cursor,
        logger: logger.child({ source: id }),
        signal: controller.signal,
        commit: async (claims: Claim[], next: unknown) => {
          await inTransaction(db, async tx => {
            const context = apply();
            await applyClaims(tx, claims, context);
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
      logger.error(`The backfill of ${id} stopped`, { error: String(error) });
      await this.#finish(
        id,
        'failed',
        error instanceof Error ? error.message.slice(0, 500) : 'unknown error',
      );
    } finally {
      this.#running.delete(id);
    }
  }

  async #finish(
    id: string,
    state: 'done' | 'failed',
    message: string | null,
  ): Promise<void> {
    await this.options
      .db('backfills')
      .where('source', id)
      .update({ state, message, updated_at: this.options.apply().now });
  }
}
