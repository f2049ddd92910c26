import type { LoggerService } from '@backstage/backend-plugin-api';
import { insertRows, omit, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { OutboxRow, OutboxTable } from './table';

/** Something to tell. */
export interface Message {
  /** Names it for good: put again, it is not told again. */
  id: string;
  /** Messages of one lane are told in the order they were put. */
  lane: string;
  /** Who tells it. */
  kind: string;
  payload: unknown;
}

/** How the telling of a message ended. */
export type Told =
  | 'told'
  /** Whoever it is for will never take it: it stays, with why, and others go on. */
  | { refused: string };

/**
 * Tells a message. It may be told it before: a crash can come between the
 * telling and the writing down.
 *
 * @throws anything; it is tried again later, and its lane waits
 */
export type Teller = (payload: unknown, id: string) => Promise<Told>;

/** What an {@link Outbox} works with. */
export interface OutboxOptions {
  db: Knex;
  table: OutboxTable;
  logger: LoggerService;
  /** By kind of message. */
  tellers: Readonly<Record<string, Teller>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds for which what was told is remembered (default 30 days). */
  remember?: number;
}

/** First pause after a failure; each further one is twice as long, up to the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 5 * 60_000;
const DAY = 86_400_000;
const MOST_LANES = 50;
const MOST_SAID = 500;

/**
 * Calls to others, written down in the transaction that wants them and made
 * afterwards: at least once, in order by lane, again after a pause where they
 * fail, and after a restart. One process tells; any number may put.
 */
export class Outbox {
  constructor(private readonly options: OutboxOptions) {}

  /** Puts messages; those that were put before are left as they are. */
  async put(db: Knex, messages: readonly Message[]): Promise<void> {
    const now = this.options.now();
    await insertRows(
      db,
      { ...omit(this.options.table, 'number'), keys: ['id'] },
      messages.map(({ id, lane, kind, payload }) => ({
        id,
        lane,
        kind,
        payload: JSON.stringify(payload),
        put_at: now,
        attempts: 0,
        next_at: now,
        state: 'waiting' as const,
        said: null,
        ended_at: null,
      })),
      'keep',
    );
  }

  /** Tells the first message of each lane that is due; a step of a worker. */
  readonly step = async (): Promise<number> => {
    const due = await this.due();
    let moved = 0;
    for (const row of due) moved += (await this.tell(row)) ? 1 : 0;
    return moved;
  };

  /**
   * How many of a lane wait. Where the first one was tried in vain and is not to
   * be tried yet, `said` is why.
   */
  async waiting(lane: string): Promise<{ count: number; said: string | null }> {
    const { db, table, now } = this.options;
    const rows = await select(
      db(table.name).where({ lane, state: 'waiting' }).orderBy('number'),
      table,
      'said',
      'next_at',
    );
    const [first] = rows;
    const said = first && first.next_at > now() ? first.said : null;
    return { count: rows.length, said };
  }

  /** Forgets what ended long ago; returns how much that was. */
  async forget(): Promise<number> {
    const { db, table, now, remember = 30 * DAY } = this.options;
    return db(table.name)
      .where('ended_at', '<', now() - remember)
      .delete();
  }

  private async due(): Promise<OutboxRow[]> {
    const { db, table, now } = this.options;
    const firsts = db(table.name)
      .where('state', 'waiting')
      .groupBy('lane')
      .min('number');
    return select(
      db(table.name)
        .whereIn('number', firsts)
        .where('next_at', '<=', now())
        .orderBy('number')
        .limit(MOST_LANES),
      table,
    );
  }

  /** Whether the lane may go on. */
  private async tell(row: OutboxRow): Promise<boolean> {
    const { tellers, logger, now } = this.options;
    try {
      const teller = tellers[row.kind];
      if (!teller) throw new Error(`Nobody tells messages of ${row.kind}`);
      const told = await teller(JSON.parse(row.payload), row.id);
      const refused = told === 'told' ? null : told.refused;
      if (refused !== null) {
        logger.warn(`A message was refused for good: ${refused}`, {
          message: row.id,
        });
      }
      await this.save(row, {
        state: refused === null ? 'told' : 'refused',
        said: refused?.slice(0, MOST_SAID) ?? null,
        ended_at: now(),
      });
      return true;
    } catch (error) {
      const attempts = row.attempts + 1;
      const pause = Math.min(
        LONGEST_PAUSE,
        FIRST_PAUSE * 2 ** Math.min(attempts - 1, 20),
      );
      const said = String(error).slice(0, MOST_SAID);
      await this.save(row, { attempts, next_at: now() + pause, said });
      if (attempts === 1) {
        logger.warn(`A message waits to be told: ${said}`, { message: row.id });
      }
      return false;
    }
  }

  private async save(
    { id }: OutboxRow,
    change: Partial<OutboxRow>,
  ): Promise<void> {
    const { db, table } = this.options;
    await db(table.name).where({ id }).update(change);
  }
}
