import type { LoggerService } from '@backstage/backend-plugin-api';
import { insertRows, isPostgres, omit, rawRows, select } from '../../sql';
import type { Knex } from 'knex';
import type { OutboxRow, OutboxTable } from './table';

/** Something to tell. @public */
export interface Message {
  /** Names it for good: put again, it is not told again. */
  id: string;
  /** Messages of one lane are told in the order they were put. */
  lane: string;
  /** Who tells it. */
  kind: string;
  /** What its teller is given, as JSON. */
  payload: unknown;
}

/** How the telling of a message ended. @public */
export type Told =
  | 'told'
  /** Whoever it is for will never take it: it stays, with why, and others go on. */
  | { refused: string }
  /**
   * Whoever it is for is not there at all: it is kept for a while in case they come,
   * and nothing waits behind it.
   */
  | { absent: string };

/**
 * Tells a message. It may be told it before: a crash can come between the
 * telling and the writing down.
 *
 * @throws anything; it is tried again later, and its lane waits
 * @public
 */
export type Teller = (payload: unknown, id: string) => Promise<Told>;

/** What an {@link Outbox} works with. @public */
export interface OutboxOptions {
  /** Of the plugin. */
  db: Knex;
  /** Where messages wait; `createOutbox` makes it. */
  table: OutboxTable;
  /** Hears what was refused for good, and what waits. */
  logger: LoggerService;
  /** By kind of message; others of the same table are for somebody else to tell. */
  tellers: Readonly<Record<string, Teller>>;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Milliseconds for which what was told is remembered, and what is kept for
   * somebody who is not there (default 30 days).
   */
  remember?: number;
  /**
   * Milliseconds after which a message that somebody took and said nothing of is
   * told by another (default a minute).
   */
  patience?: number;
}

/** How often somebody who was not there is looked for with what was kept for them. */
const LOOK_AGAIN = 60 * 60_000;
/** First pause after a failure; each further one is twice as long, up to the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 5 * 60_000;
const DAY = 86_400_000;
const MINUTE = 60_000;
/** Most messages that are kept for whoever is not there; the newest are. */
const MOST_KEPT = 10_000;
/** Most messages that are taken at once. */
const MOST_TAKEN = 10;
const MOST_SAID = 500;

/**
 * Calls to others, written down in the transaction that wants them and made
 * afterwards: at least once, in order by lane, again after a pause where they
 * fail, and after a restart. Any number of processes put and tell: whoever tells
 * a message takes it first, for a short while.
 * @public
 */
export class Outbox {
  constructor(private readonly options: OutboxOptions) {}

  /** Puts messages; those that were put before are left as they are. */
  async put(db: Knex, messages: readonly Message[]): Promise<void> {
    const { table, now } = this.options;
    await putMessages(db, table, messages, now());
  }

  /** Tells the first message of each lane that is due; a step of a worker. */
  readonly step = async (): Promise<number> => {
    const { now } = this.options;
    const taken = await this.take();
    let moved = await this.lookAgain();
    for (const row of taken) {
      // What took longer than that may be with somebody else.
      if (now() < row.next_at) moved += (await this.tell(row)) ? 1 : 0;
    }
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

  /**
   * Looks for somebody who was not there, with the oldest message that is kept for
   * them. Once they are, all that is kept is told like everything else.
   */
  private async lookAgain(): Promise<number> {
    const { db, table, tellers, now } = this.options;
    const at = now();
    const [kept] = await select(
      db(table.name)
        .where('state', 'kept')
        .whereIn('kind', Object.keys(tellers))
        .where('next_at', '<=', at)
        .orderBy('number')
        .limit(1),
      table,
    );
    if (!kept) return 0;
    const all = () => db(table.name).where({ state: 'kept', kind: kept.kind });
    // One of several that tell looks; the others see that it does.
    const mine = await all()
      .where('next_at', '<=', at)
      .update({ next_at: at + LOOK_AGAIN });
    if (mine === 0) return 0;
    try {
      const told = await tellers[kept.kind](JSON.parse(kept.payload), kept.id);
      if (told !== 'told' && 'absent' in told) return 0;
      if (told === 'told') {
        await all()
          .where('id', kept.id)
          .update({ state: 'told', said: null, ended_at: now() });
      }
    } catch {
      // There, and away: from now on it is waited for.
    }
    await all().update({ state: 'waiting', next_at: now(), ended_at: null });
    return 1;
  }

  /** Forgets what ended long ago; returns how much that was. */
  async forget(): Promise<number> {
    const { db, table, now, remember = 30 * DAY } = this.options;
    const old = await db(table.name)
      .where('ended_at', '<', now() - remember)
      .delete();
    const [first] = await select(
      db(table.name)
        .where('state', 'kept')
        .orderBy('number', 'desc')
        .offset(MOST_KEPT)
        .limit(1),
      table,
      'number',
    );
    if (!first) return old;
    const tooMany = db(table.name)
      .where('state', 'kept')
      .where('number', '<=', first.number);
    return old + (await tooMany.delete());
  }

  /**
   * Takes the first message of each lane that is due. A lane's next one is nobody's
   * before the first has ended, so two that tell keep its order.
   */
  private async take(): Promise<OutboxRow[]> {
    const { db, table, tellers, now, patience = MINUTE } = this.options;
    const at = now();
    const firsts = db(table.name)
      .where('state', 'waiting')
      .groupBy('lane')
      .min('number');
    const due = db(table.name)
      .select('number')
      .whereIn('number', firsts)
      .whereIn('kind', Object.keys(tellers))
      .where('state', 'waiting')
      .where('next_at', '<=', at)
      .orderBy('number')
      .limit(MOST_TAKEN);
    if (!(await due.clone().first('number'))) return [];
    if (isPostgres(db)) due.forUpdate().skipLocked();
    const { sql, bindings } = due.toSQL();
    // Asked again of the row itself: somebody else may have ended it meanwhile.
    const numbers = await rawRows<{ number: unknown }>(
      db,
      `update ${table.name} set next_at = ?
        where number in (${sql}) and state = 'waiting' and next_at <= ?
        returning number`,
      [at + patience, ...bindings, at],
    );
    return select(
      db(table.name)
        .whereIn(
          'number',
          numbers.map(({ number }) => Number(number)),
        )
        .orderBy('number'),
      table,
    );
  }

  /** Whether the lane may go on. */
  private async tell(row: OutboxRow): Promise<boolean> {
    const { tellers, logger, now } = this.options;
    try {
      const told = await tellers[row.kind](JSON.parse(row.payload), row.id);
      if (told === 'told') {
        await this.save(row, { state: 'told', said: null, ended_at: now() });
      } else if ('absent' in told) {
        await this.save(row, {
          state: 'kept',
          said: told.absent.slice(0, MOST_SAID),
          next_at: now() + LOOK_AGAIN,
          ended_at: now(),
        });
      } else {
        const { refused } = told;
        logger.warn(`A message was refused for good: ${refused}`, {
          message: row.id,
        });
        await this.save(row, {
          state: 'refused',
          said: refused.slice(0, MOST_SAID),
          ended_at: now(),
        });
      }
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

  /** Nothing is said by whom it was taken from for taking too long. */
  private async save(
    { id, next_at }: OutboxRow,
    patch: Partial<OutboxRow>,
  ): Promise<void> {
    const { db, table } = this.options;
    await db(table.name).where({ id, next_at, state: 'waiting' }).update(patch);
  }
}

/**
 * Puts messages for whoever has tellers for them; those that were put before are
 * left as they are.
 * @public
 */
export async function putMessages(
  db: Knex,
  table: OutboxTable,
  messages: readonly Message[],
  now: number,
): Promise<void> {
  await insertRows(
    db,
    { ...omit(table, 'number'), keys: ['id'] },
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
