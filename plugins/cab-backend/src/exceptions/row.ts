import type {
  CabException,
  CompensatingControl,
} from '@fawkes/backstage-plugin-cab-common';
import {
  exceptionStatus,
  type ExceptionScope,
  type TimedException,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { forShare, forUpdate, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { DirectoryPerson } from '../people/directory';
import { exceptions, texts, type ExceptionRow } from '../store/tables';

/** What people wrote when they asked for one; kept as one text of the record. */
export interface ExceptionText {
  justification: string;
  controls: CompensatingControl[];
}

/** An exception as time looks at it. */
export function timedOf({
  state,
  starts_at,
  expires_at,
}: Pick<ExceptionRow, 'state' | 'starts_at' | 'expires_at'>): TimedException {
  return { state, startsAt: starts_at, expiresAt: expires_at };
}

/** What an exception is for. */
export function scopeOf(row: ExceptionRow): ExceptionScope {
  return {
    entityRef: row.entity_ref,
    environment: row.environment,
    waives: row.waives,
    finding: row.finding,
  };
}

/** Who decided about it, as the catalog knew them then. */
export function deciderOf({
  decider,
}: Pick<ExceptionRow, 'decider'>): DirectoryPerson | undefined {
  return decider === null ? undefined : JSON.parse(decider);
}

/** Who asked for it, as the catalog knew them then. */
export function askerOf({
  asker,
}: Pick<ExceptionRow, 'asker'>): DirectoryPerson | undefined {
  return JSON.parse(asker) ?? undefined;
}

/** One exception; undefined for none. */
export async function readException(
  db: Knex,
  id: string,
): Promise<ExceptionRow | undefined> {
  const [row] = await readExceptions(db, [id]);
  return row;
}

/** Some of them, the next to end first. */
export async function readExceptions(
  db: Knex,
  ids: readonly string[],
): Promise<ExceptionRow[]> {
  return ids.length === 0 ? [] : select(someOf(db, ids), exceptions);
}

/** The same, none of which ends before the end of the transaction. */
export async function holdExceptions(
  tx: Knex,
  ids: readonly string[],
): Promise<ExceptionRow[]> {
  return ids.length === 0
    ? []
    : select(forShare(tx, someOf(tx, ids)), exceptions);
}

function someOf(db: Knex, ids: readonly string[]): Knex.QueryBuilder {
  return db(exceptions.name)
    .whereIn('id', [...ids])
    .orderBy('expires_at')
    .orderBy('id');
}

/** One of them, held until the end of the transaction. */
export async function lockException(
  tx: Knex.Transaction,
  id: string,
): Promise<ExceptionRow | undefined> {
  const [row] = await select(
    forUpdate(tx, tx(exceptions.name).where({ id })),
    exceptions,
  );
  return row;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Exceptions as people see them, with what a viewer may do. */
export async function shownExceptions(
  db: Knex,
  rows: readonly ExceptionRow[],
  now: number,
  mineOf: (row: ExceptionRow) => CabException['mine'],
): Promise<CabException[]> {
  const ids = rows.flatMap(row =>
    [row.request_event, row.decision_event, row.end_event].filter(
      id => id !== null,
    ),
  );
  const said = new Map(
    (
      await select(
        db(texts.name).whereIn('event_id', ids),
        texts,
        'event_id',
        'text',
      )
    ).map(({ event_id, text }) => [event_id, text]),
  );
  const textOf = (eventId: string | null) =>
    eventId === null ? null : said.get(eventId) ?? null;
  return rows.map(row => {
    const asked = textOf(row.request_event);
    const { justification, controls }: ExceptionText | Record<string, never> =
      asked === null ? {} : JSON.parse(asked);
    return {
      id: row.id,
      entity: { ref: row.entity_ref, title: row.entity_title },
      environment: row.environment,
      waives: row.waives,
      finding: row.finding,
      status: exceptionStatus(timedOf(row), now),
      justification: justification ?? null,
      controls: controls ?? [],
      startsAt: iso(row.starts_at),
      expiresAt: iso(row.expires_at),
      requester: row.requester,
      requestedAt: iso(row.requested_at),
      extension: row.extension,
      decided:
        row.decided_by === null
          ? null
          : {
              by: row.decided_by,
              at: iso(row.decided_at!),
              reason: textOf(row.decision_event),
            },
      ended:
        row.ended_by === null
          ? null
          : {
              by: row.ended_by,
              at: iso(row.ended_at!),
              reason: textOf(row.end_event),
            },
      mine: mineOf(row),
    };
  });
}
