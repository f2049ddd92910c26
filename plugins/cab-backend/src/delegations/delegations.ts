import {
  DELEGATION_DAYS,
  type CabDelegation,
  type DelegateBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  delegationFault,
  delegationsOverlap,
  type Delegation,
} from '@fawkes/backstage-plugin-cab-common/rules';
import {
  forUpdate,
  insertRows,
  inTransaction,
  select,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import type { CaseDeps, Doer } from '../cases/deps';
import {
  conflict,
  missing,
  notAllowed,
  notFound,
  wordsOfRefusal,
} from '../cases/refusals';
import type { DirectoryPerson } from '../people/directory';
import { lockRecord } from '../record/append';
import { recordOwn } from '../record/own';
import { databaseNow } from '../store/database';
import { endOf } from '../store/period';
import { delegations, texts, type DelegationRow } from '../store/tables';

const iso = (ms: number) => new Date(ms).toISOString();

/** A delegation as the rules look at it. */
export function asDelegation(row: DelegationRow): Delegation {
  return {
    from: row.from_ref,
    to: row.to_ref,
    startsAt: row.starts_at,
    endsAt:
      row.ended_at === null ? row.ends_at : Math.min(row.ends_at, row.ended_at),
  };
}

/** Those that are not over, the next to end first. */
export async function openDelegations(
  db: Knex,
  now: number,
): Promise<DelegationRow[]> {
  return select(
    db(delegations.name)
      .where('ends_at', '>', now)
      .whereNull('ended_at')
      .orderBy('ends_at')
      .orderBy('id'),
    delegations,
  );
}

/** Why somebody may name nobody; undefined when they may. */
export function namingRefusal(
  { config }: Pick<CaseDeps, 'config'>,
  userRef: string,
  person: DirectoryPerson | undefined,
): Error | undefined {
  const { board } = config.groups;
  return person?.groups.includes(board)
    ? undefined
    : notAllowed('delegation.not_board', { user: userRef, board });
}

/**
 * Names somebody of the board who votes for another one of it, for a time.
 *
 * @param people - who names and who is named, as the catalog says now
 */
export async function delegate(
  deps: CaseDeps,
  { to, reason, ...asked }: DelegateBody,
  people: ReadonlyMap<string, DirectoryPerson | undefined>,
  doer: Doer,
): Promise<string> {
  const from = doer.actor;
  if (to === from) throw missing('delegation.self');
  for (const userRef of [from, to]) {
    const refused = namingRefusal(deps, userRef, people.get(userRef));
    if (refused) throw refused;
  }
  return inTransaction(deps.db, async tx => {
    // Two that hand on to each other at one instant would be a chain: one at a time.
    await lockRecord(tx);
    const now = await databaseNow(tx);
    const startsAt =
      asked.startsAt === undefined ? now : Date.parse(asked.startsAt);
    const endsAt = endOf(startsAt, asked.days, asked.endsAt);
    const period = { startsAt, endsAt };
    const fault = delegationFault(period, now);
    if (fault === 'long') {
      throw missing('delegation.long', { days: DELEGATION_DAYS });
    }
    if (fault) throw missing('delegation.order');
    const others = (await openDelegations(tx, now))
      .map(asDelegation)
      .filter(each => delegationsOverlap(each, period));
    const twin = others.find(each => each.from === from);
    if (twin) throw conflict('delegation.twin', { user: twin.to });
    if (others.some(each => each.to === from)) {
      throw conflict('delegation.chain', { user: from });
    }
    if (others.some(each => each.from === to)) {
      throw conflict('delegation.chain', { user: to });
    }
    const row: DelegationRow = {
      id: uuid(),
      from_ref: from,
      to_ref: to,
      starts_at: period.startsAt,
      ends_at: period.endsAt,
      at: now,
      request_event: '',
      ended_by: null,
      ended_at: null,
      event_count: 0,
      event_leaf: '',
    };
    row.request_event = await recordOwn(tx, row, doer, {
      type: 'delegation_made',
      data: {
        from,
        to,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        policyHash: deps.config.policyHash,
      },
      text: reason,
    });
    await insertRows(tx, delegations, [row]);
    return row.id;
  });
}

/** Ends a delegation before its time. Votes that were cast by it stand. */
export async function endDelegation(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  await inTransaction(deps.db, async tx => {
    const row = await lockDelegation(tx, id);
    if (!row) throw notFound('delegation.not_found', { id });
    const now = await databaseNow(tx);
    const refused = endRefusal(row, now, doer.actor);
    if (refused) throw refused;
    row.ended_by = doer.actor;
    row.ended_at = now;
    await recordOwn(tx, row, doer, {
      type: 'delegation_ended',
      data: { from: row.from_ref, to: row.to_ref },
      text: reason,
    });
    await tx(delegations.name).where({ id }).update(row);
  });
}

function endRefusal(
  row: DelegationRow,
  now: number,
  userRef: string | undefined,
): Error | undefined {
  if (userRef === undefined) return notAllowed('USER_ONLY');
  if (userRef !== row.from_ref && userRef !== row.to_ref) {
    const { from_ref: from, to_ref: to } = row;
    return notAllowed('delegation.not_theirs', { from, to });
  }
  return asDelegation(row).endsAt <= now
    ? conflict('delegation.over')
    : undefined;
}

/** One delegation; undefined for none. */
export async function readDelegation(
  db: Knex,
  id: string,
): Promise<DelegationRow | undefined> {
  const [row] = await select(db(delegations.name).where({ id }), delegations);
  return row;
}

async function lockDelegation(
  tx: Knex.Transaction,
  id: string,
): Promise<DelegationRow | undefined> {
  const [row] = await select(
    forUpdate(tx, tx(delegations.name).where({ id })),
    delegations,
  );
  return row;
}

/**
 * Delegations as people see them. Why somebody is away is for the two it is about,
 * and for those who vote beside them.
 */
export async function shownDelegations(
  db: Knex,
  rows: readonly DelegationRow[],
  now: number,
  { userRef, isOnBoard }: { userRef: string | undefined; isOnBoard: boolean },
): Promise<CabDelegation[]> {
  const said = new Map(
    (
      await select(
        db(texts.name).whereIn(
          'event_id',
          rows.map(({ request_event }) => request_event),
        ),
        texts,
        'event_id',
        'text',
      )
    ).map(({ event_id, text }) => [event_id, text]),
  );
  return rows.map(row => {
    const { from, to, startsAt, endsAt } = asDelegation(row);
    return {
      id: row.id,
      from,
      to,
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      status: statusOf({ startsAt, endsAt }, now),
      reason:
        isOnBoard || userRef === from || userRef === to
          ? said.get(row.request_event) ?? null
          : null,
      mine: { end: wordsOfRefusal(endRefusal(row, now, userRef)) },
    };
  });
}

function statusOf(
  { startsAt, endsAt }: Pick<Delegation, 'startsAt' | 'endsAt'>,
  now: number,
): CabDelegation['status'] {
  if (endsAt <= now) return 'over';
  return now < startsAt ? 'upcoming' : 'active';
}
