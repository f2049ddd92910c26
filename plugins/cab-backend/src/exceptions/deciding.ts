import { createHash } from 'node:crypto';
import {
  MAX_EXCEPTION_DAYS,
  type CabException,
  type RequestExceptionBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  exceptionStatus,
  exclusionOf,
  extensionOf,
  MAX_EXTENSIONS,
  periodFault,
  sameScope,
  type ExceptionScope,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { insertRows, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { isTaken } from '../cases/asking';
import type { CaseDeps, Doer } from '../cases/deps';
import {
  conflict,
  missing,
  notAllowed,
  notFound,
  wordsOfRefusal,
} from '../cases/refusals';
import type { DirectoryPerson } from '../people/directory';
import { recordOwn } from '../record/own';
import { databaseNow } from '../store/database';
import { endOf } from '../store/period';
import { exceptions, type ExceptionRow } from '../store/tables';
import { cancelAllows, closeUses } from './closing';
import {
  askerOf,
  lockException,
  readException,
  scopeOf,
  timedOf,
  type ExceptionText,
} from './row';

/** The entity an exception is asked for, as the catalog knows it. */
export interface ExceptedEntity {
  title: string;
  owner: string | null;
}

/**
 * Asks for an exception. It is what it is from then on: whoever wants another one
 * asks anew, so that what was granted is what was looked at.
 *
 * @param person - who asks, as the catalog knows them now
 */
export async function requestException(
  { db }: CaseDeps,
  body: RequestExceptionBody,
  entity: ExceptedEntity,
  { doer, person }: { doer: Doer; person: DirectoryPerson | undefined },
): Promise<string> {
  const scope: ExceptionScope = {
    entityRef: body.entityRef,
    environment: body.environment,
    waives: body.waives,
    finding: body.finding,
  };
  return inTransaction(db, async tx => {
    const now = await databaseNow(tx);
    const startsAt =
      body.startsAt === undefined ? now : Date.parse(body.startsAt);
    const expiresAt = endOf(startsAt, body.days, body.expiresAt);
    const period = { startsAt, expiresAt };
    const fault = periodFault(period, now);
    if (fault === 'long') {
      throw missing('exception.period.long', { days: MAX_EXCEPTION_DAYS });
    }
    if (fault) throw missing(`exception.period.${fault}`);
    const others = await othersOf(tx, scope);
    const twin = others.find(
      each => exceptionStatus(timedOf(each), now) === 'requested',
    );
    if (twin) throw conflict('exception.twin', { id: twin.id });
    const extension = extensionOf(
      period.startsAt,
      others
        .filter(({ decided_by, state }) => decided_by && state !== 'rejected')
        .map(each => ({
          startsAt: each.starts_at,
          expiresAt: each.ended_at ?? each.expires_at,
        })),
    );
    if (extension > MAX_EXTENSIONS) {
      throw conflict('exception.extended', { most: MAX_EXTENSIONS });
    }
    const row: ExceptionRow = {
      id: uuid(),
      entity_ref: scope.entityRef,
      entity_title: entity.title,
      owner_ref: entity.owner,
      environment: scope.environment,
      waives: scope.waives,
      finding: scope.finding,
      starts_at: period.startsAt,
      expires_at: period.expiresAt,
      requester: doer.actor,
      asker: JSON.stringify(person ?? null),
      requested_at: now,
      request_event: '',
      extension,
      state: 'requested',
      decided_by: null,
      decider: null,
      decided_at: null,
      decision_event: null,
      ended_by: null,
      ended_at: null,
      end_event: null,
      closed_at: null,
      reminded: 0,
      open_key: openKeyOf(scope),
      event_count: 0,
      event_leaf: '',
    };
    // One that lapsed before anybody decided stands in nobody's way.
    await tx(exceptions.name)
      .where({ open_key: row.open_key })
      .where('expires_at', '<=', now)
      .update({ open_key: null });
    const text: ExceptionText = {
      justification: body.justification,
      controls: body.controls,
    };
    row.request_event = await recordOwn(tx, row, doer, {
      type: 'exception_requested',
      data: {
        ...scope,
        startsAt: row.starts_at,
        expiresAt: row.expires_at,
        extension,
        controlOwners: body.controls.map(({ owner }) => owner),
      },
      text: JSON.stringify(text),
    });
    await insertRows(tx, exceptions, [row]);
    return row.id;
  }).catch(async error => {
    // Two at the same instant: the database lets one of them in.
    const [twin] = isTaken(error)
      ? await select(
          db(exceptions.name).where('open_key', openKeyOf(scope)),
          exceptions,
          'id',
        )
      : [];
    throw twin ? conflict('exception.twin', { id: twin.id }) : error;
  });
}

/** Grants or refuses an exception, as somebody of the security group. */
export async function decideException(
  deps: CaseDeps,
  id: string,
  decision: 'approve' | 'reject',
  { reason }: { reason: string },
  { doer, person }: { doer: Doer; person: DirectoryPerson | undefined },
): Promise<void> {
  await inTransaction(deps.db, async tx => {
    const row = await lockException(tx, id);
    if (!row) throw notFound('exception.not_found', { id });
    const now = await databaseNow(tx);
    const refused = decideRefusal(deps, row, now, person);
    if (refused) throw refused;
    row.state = decision === 'approve' ? 'approved' : 'rejected';
    row.decided_by = doer.actor;
    row.decider = JSON.stringify(person);
    row.decided_at = now;
    row.open_key = null;
    row.decision_event = await recordOwn(tx, row, doer, {
      type:
        decision === 'approve' ? 'exception_approved' : 'exception_rejected',
      data: {
        groups: [...person!.groups],
        policyHash: deps.config.policyHash,
      },
      text: reason,
    });
    await tx(exceptions.name).where({ id }).update(row);
  });
}

/**
 * Ends an exception before its time, or takes back what was asked for. What was
 * allowed by it and has not started does not start; what was decided with it is
 * asked about again.
 */
export async function endException(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  { doer, person }: { doer: Doer; person: DirectoryPerson | undefined },
): Promise<void> {
  const ended = await inTransaction(deps.db, async tx => {
    const row = await lockException(tx, id);
    if (!row) throw notFound('exception.not_found', { id });
    const now = await databaseNow(tx);
    const refused = endRefusal(deps, row, now, doer.actor, person);
    if (refused) throw refused;
    const wasGranted = row.state === 'approved';
    row.state = wasGranted ? 'ended' : 'withdrawn';
    row.ended_by = doer.actor;
    row.ended_at = now;
    row.open_key = null;
    row.end_event = await recordOwn(tx, row, doer, {
      type: wasGranted ? 'exception_ended' : 'exception_withdrawn',
      data: { policyHash: deps.config.policyHash },
      text: reason,
    });
    await tx(exceptions.name).where({ id }).update(row);
    if (wasGranted) await cancelAllows(tx, id, now);
    return wasGranted;
  });
  if (!ended) return;
  try {
    await closeUses(deps, id, doer);
  } catch (error) {
    // It has ended: the gate denies, and the next look asks people again.
    deps.logger.warn('What made use of an exception is taken back later', {
      exceptionId: id,
      error: String(error),
    });
  }
}

/** Why somebody may not decide about it; undefined when they may. */
export function decideRefusal(
  { config }: Pick<CaseDeps, 'config'>,
  row: ExceptionRow,
  now: number,
  person: DirectoryPerson | undefined,
): Error | undefined {
  const { security } = config.groups;
  if (!person?.groups.includes(security)) {
    return notAllowed('exception.not_security', { security });
  }
  const asker = [
    {
      duty: 'exception_requester' as const,
      userRef: row.requester,
      known: askerOf(row),
    },
  ];
  // Nor by another User of the same person.
  if (exclusionOf(person, asker)) return notAllowed('exception.own');
  // Without an account nobody could tell whether they wrote what it is for.
  if (person.accounts.length === 0) return notAllowed('LINK_ACCOUNT');
  const status = exceptionStatus(timedOf(row), now);
  return status === 'requested'
    ? undefined
    : conflict('exception.decided', { status });
}

/** Why somebody may not end it; undefined when they may. */
export function endRefusal(
  { config }: Pick<CaseDeps, 'config'>,
  row: ExceptionRow,
  now: number,
  userRef: string,
  person: DirectoryPerson | undefined,
): Error | undefined {
  const { security } = config.groups;
  const { requester } = row;
  const isTheirs = requester === userRef || person?.groups.includes(security);
  if (!isTheirs) {
    return notAllowed('exception.not_theirs', { requester, security });
  }
  const status = exceptionStatus(timedOf(row), now);
  return ['requested', 'upcoming', 'active'].includes(status)
    ? undefined
    : conflict('exception.decided', { status });
}

/** What somebody may do with an exception: null may, words say why not. */
export function mineOfException(
  deps: Pick<CaseDeps, 'config'>,
  now: number,
  userRef: string | undefined,
  person: DirectoryPerson | undefined,
): (row: ExceptionRow) => CabException['mine'] {
  if (userRef === undefined) {
    const nobody = wordsOfRefusal(notAllowed('USER_ONLY'));
    return () => ({ decide: nobody, end: nobody });
  }
  return row => ({
    decide: wordsOfRefusal(decideRefusal(deps, row, now, person)),
    end: wordsOfRefusal(endRefusal(deps, row, now, userRef, person)),
  });
}

async function othersOf(
  db: Knex,
  scope: ExceptionScope,
): Promise<ExceptionRow[]> {
  const rows = await select(
    db(exceptions.name).where({
      entity_ref: scope.entityRef,
      environment: scope.environment,
    }),
    exceptions,
  );
  return rows.filter(row => sameScope(scopeOf(row), scope));
}

function openKeyOf(scope: ExceptionScope): string {
  const { entityRef, environment, waives, finding } = scope;
  return createHash('sha256')
    .update(JSON.stringify([entityRef, environment, waives, finding]))
    .digest('hex');
}

/** One exception, as it is. */
export async function exceptionOf(db: Knex, id: string): Promise<ExceptionRow> {
  const row = await readException(db, id);
  if (!row) throw notFound('exception.not_found', { id });
  return row;
}
