import { createHash } from 'node:crypto';
import {
  CAB_CHANGE_TOPIC,
  STATE_SETS,
  UNFINISHED,
  type CabChangeEvent,
  type ChangeEventName,
  type ChangeState,
} from '@fawkes/backstage-plugin-cab-common';
import {
  ENGINE_VERSION,
  reduce,
  type Guard,
  type Raiser,
} from '@fawkes/backstage-plugin-cab-common/rules';
import {
  columnsOf,
  forUpdate,
  insertRows,
  inTransaction,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { appendEntries, type Appended, type Draft } from '../record/append';
import { databaseNow } from '../store/database';
import { allows, changes, events, type ChangeRow } from '../store/tables';
import type { CaseDeps, Doer } from './deps';
import { conflict, notFound } from './refusals';

/** Who decides when no person does. */
export const ENGINE = `system:cab-engine@${ENGINE_VERSION}`;

/** Something that is to happen. */
export interface Raise {
  event: ChangeEventName;
  by?: Raiser;
  /** What holds; an error is why it does not. */
  holds?: Partial<Record<Guard, true | Error>>;
  /** What the record says of it. */
  data?: JsonObject;
  /** What a person wrote about it. */
  text?: string;
}

/** Nothing that matters happens to them any more, or it was decided. */
const FINAL: readonly ChangeState[] = ['approved', ...STATE_SETS.end];

/**
 * A change request in the hands of one transaction: its row is locked, what happens
 * is worked out by the table of the workflow, and all of it is written together
 * with its entries in the record.
 */
export class Moving {
  readonly #drafts: Draft[] = [];
  readonly #states: ChangeState[] = [];
  readonly #before: ChangeState;

  constructor(
    readonly tx: Knex.Transaction,
    /** As it will be written. */
    readonly row: ChangeRow,
    /** The clock of the database. */
    readonly now: number,
    private readonly doer: Doer,
    private readonly isNew = false,
  ) {
    this.#before = row.state;
  }

  /** Whether it has come to another state. */
  get moved(): boolean {
    return this.isNew || this.row.state !== this.#before;
  }

  /**
   * Lets something happen.
   *
   * @returns the id of its entry; undefined where the engine raised it in vain
   * @throws ConflictError for what cannot happen here, or the error of the guard
   *   that does not hold
   */
  raise({
    event,
    by = 'person',
    holds = {},
    data = {},
    text,
  }: Raise): string | undefined {
    const { row } = this;
    const from = this.isNew && this.#drafts.length === 0 ? 'new' : row.state;
    const told = reduce(from, {
      event,
      by,
      holds: Object.fromEntries(
        Object.entries(holds).map(([guard, held]) => [guard, held === true]),
      ),
    });
    switch (told.kind) {
      case 'ignored':
        return undefined;
      case 'illegal':
        throw conflict('ILLEGAL_TRANSITION', { state: row.state });
      case 'guarded': {
        const why = holds[told.guard];
        throw why instanceof Error
          ? why
          : new Error(`Nobody worked out whether ${told.guard} holds`);
      }
      default:
    }
    this.#clock(row.state, told.to);
    row.state = told.to;
    return this.#draft(
      event,
      by === 'person' ? this.doer.actor : ENGINE,
      { ...data, from, to: told.to },
      text,
    );
  }

  /** Writes down what changes nothing, and is to be known nevertheless. */
  note(type: 'evidence_kept', data: JsonObject): string {
    return this.#draft(type, this.doer.actor, data);
  }

  #draft(type: string, actor: string, data: JsonObject, text?: string): string {
    const { row } = this;
    const eventId = uuid();
    this.#states.push(row.state);
    this.#drafts.push({
      eventId,
      changeId: row.id,
      type,
      actor,
      correlationId: this.doer.correlationId,
      data: {
        ...(data as Draft['data']),
        ...(this.doer.via !== undefined && { via: this.doer.via }),
        revision: row.revision,
      },
      after: { count: row.event_count, leaf: row.event_leaf || null },
      ...(text !== undefined && { text }),
    });
    return eventId;
  }

  /** The clock of a review goes while people are asked, and stands still otherwise. */
  #clock(from: ChangeState, to: ChangeState): void {
    const { row, now } = this;
    if (!isReview(from) && isReview(to)) {
      row.review_since = now;
    } else if (isReview(from) && !isReview(to)) {
      row.review_used += now - (row.review_since ?? now);
      row.review_since = null;
    }
    // Whoever takes up what was put off begins anew.
    if (from === 'deferred') {
      row.review_used = 0;
      row.clock_step = 0;
    }
  }

  /** What the record is to say, in order. */
  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** Whether its allows start nothing any more. */
  get closed(): boolean {
    return isOpen(this.#before) && !isOpen(this.row.state);
  }

  /** Whether there was none before. */
  get created(): boolean {
    return this.isNew;
  }

  /** Takes over what was written, and says how its entries are looked up. */
  projected(appended: readonly Appended[]): Array<NewRowOf<typeof events>> {
    const { row } = this;
    const last = appended.at(-1)!;
    row.event_count += appended.length;
    row.event_leaf = last.leaf;
    row.updated_at = last.at;
    row.twin_key = UNFINISHED.includes(row.state) ? twinKeyOf(row) : null;
    return appended.map(({ seq, at, body }, index) => ({
      seq,
      event_id: body.eventId,
      change_id: row.id,
      change_seq: body.changeSeq,
      type: body.type,
      actor: body.actor,
      state: this.#states[index],
      at,
    }));
  }
}

function isReview(state: ChangeState): boolean {
  return (STATE_SETS.review as readonly string[]).includes(state);
}

function isOpen(state: ChangeState): boolean {
  return (STATE_SETS.open as readonly string[]).includes(state);
}

/**
 * Writes down everything that happened to some change requests: one run of
 * entries, and as many statements for hundreds as for one. The lock of the record
 * is taken here: nothing but writing follows.
 *
 * @returns the entries of each, in their order
 */
export async function writeAll(
  tx: Knex.Transaction,
  all: readonly Moving[],
): Promise<Appended[][]> {
  const movings = all.filter(({ drafts }) => drafts.length > 0);
  const closed = movings.filter(moving => moving.closed);
  if (closed.length > 0) {
    await tx(allows.name)
      .whereIn(
        'change_id',
        closed.map(({ row }) => row.id),
      )
      .whereNull('cancelled_at')
      // What has started by one has started.
      .whereNull('spent_at')
      .update({ cancelled_at: closed[0].now });
  }
  const appended = await appendEntries(
    tx,
    movings.flatMap(({ drafts }) => drafts),
  );
  let from = 0;
  const written = new Map<Moving, Appended[]>();
  for (const moving of movings) {
    written.set(moving, appended.slice(from, from + moving.drafts.length));
    from += moving.drafts.length;
  }
  await insertRows(
    tx,
    events,
    [...written].flatMap(([moving, own]) => moving.projected(own)),
  );
  await insertRows(
    tx,
    changes,
    movings.map(({ row }) => row),
    movings.some(({ created }) => created)
      ? undefined
      : { update: columnsOf(changes) },
  );
  return all.map(moving => written.get(moving) ?? []);
}

/** One unfinished change request at a time for these. */
export function twinKeyOf({
  entity_ref,
  environment,
  head_sha,
}: Pick<ChangeRow, 'entity_ref' | 'environment' | 'head_sha'>): string {
  return createHash('sha256')
    .update(JSON.stringify([entity_ref, environment, head_sha]))
    .digest('hex');
}

/** Somebody moved a change request while facts were read for it. */
export class Moved extends Error {
  constructor() {
    super('It has moved while its facts were read');
  }
}

/** How often what moves meanwhile is tried anew. */
const ATTEMPTS = 5;

/** Does something again while others move what it is about. */
export async function untilStill<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Moved) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A change request as it is now; whoever moves it locks it. */
export async function readChange(db: Knex, id: string): Promise<ChangeRow> {
  const [row] = await select(db(changes.name).where({ id }), changes);
  if (!row) throw notFound('change.not_found', { id });
  return row;
}

/** Locks a change request until the end of the transaction. */
export async function lockChange(
  tx: Knex.Transaction,
  id: string,
): Promise<ChangeRow> {
  const [row] = await lockChanges(tx, [id]);
  if (!row) throw notFound('change.not_found', { id });
  return row;
}

/** The same for some, in one order, so that no two transactions wait for each other. */
export async function lockChanges(
  tx: Knex.Transaction,
  ids: readonly string[],
): Promise<ChangeRow[]> {
  return select(
    forUpdate(
      tx,
      tx(changes.name)
        .whereIn('id', [...ids])
        .orderBy('id'),
    ),
    changes,
  );
}

/** Does something with a change request, in one transaction, and tells what moved. */
export async function inChange<T>(
  deps: CaseDeps,
  id: string,
  doer: Doer,
  work: (moving: Moving) => Promise<T>,
): Promise<T> {
  const { moving, result } = await inTransaction(deps.db, async tx => {
    const row = await lockChange(tx, id);
    const made = new Moving(tx, row, await databaseNow(tx), doer);
    const done = await work(made);
    await writeAll(tx, [made]);
    return { moving: made, result: done };
  });
  await afterwards(deps, moving);
  return result;
}

/**
 * What follows from a move that is durable. Nothing of it may undo the move: what
 * fails here is logged, and made up for by the next checkpoint and the next look.
 */
export async function afterwards(
  { checkpointer, events: bus, logger }: CaseDeps,
  { moved, row }: Moving,
): Promise<void> {
  if (!moved) return;
  const attempts: Array<[string, () => Promise<unknown>]> = [
    [
      'tell others',
      () => bus.publish({ topic: CAB_CHANGE_TOPIC, eventPayload: newsOf(row) }),
    ],
    ...(FINAL.includes(row.state)
      ? ([['sign the record', () => checkpointer.checkpoint()]] as Array<
          [string, () => Promise<unknown>]
        >)
      : []),
  ];
  for (const [what, attempt] of attempts) {
    try {
      await attempt();
    } catch (error) {
      logger.error(`Could not ${what} after a decision`, {
        changeId: row.id,
        error: String(error),
      });
    }
  }
}

function newsOf(row: ChangeRow): CabChangeEvent {
  return {
    changeId: row.id,
    entityRef: row.entity_ref,
    environment: row.environment,
    state: row.state,
    sha: row.head_sha,
    at: new Date(row.updated_at).toISOString(),
  };
}
