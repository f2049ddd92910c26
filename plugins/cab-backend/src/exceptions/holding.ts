import { say } from '@fawkes/backstage-plugin-cab-common';
import {
  covers,
  exclusionOf,
  isActive,
  type Involved,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { submitters, withIdentities } from '../cases/people';
import { databaseNow } from '../store/database';
import type { ChangeRow, EvidenceRow, ExceptionRow } from '../store/tables';
import { deciderOf, readExceptions, scopeOf, timedOf } from './row';

/**
 * A pack in which only those waivers count that hold now: their exception is in
 * force, is for this, and was granted by nobody of the author side.
 *
 * @param involved - the author side, as far as it is known
 */
export async function holdingPack(
  deps: Pick<CaseDeps, 'db' | 'directory' | 'logger'>,
  row: Pick<ChangeRow, 'entity_ref' | 'environment' | 'submitter'>,
  pack: readonly EvidenceRow[],
  involved: readonly Involved[],
): Promise<EvidenceRow[]> {
  const waivers = pack.filter(({ state }) => state === 'waived');
  if (waivers.length === 0) return [...pack];
  const { db } = deps;
  const known = await exceptionsBehind(db, waivers);
  const now = await databaseNow(db);
  const side = await withIdentities(deps, [
    ...submitters([row.submitter]),
    ...involved,
  ]);
  return pack.map(piece => {
    if (piece.state !== 'waived') return piece;
    const exception = known.get(piece.exception_id ?? '');
    const why = exception
      ? waiverFault(exception, row, side, now)
      : say('exception.lapsed');
    return why
      ? { ...piece, state: 'parsed' as const, why: JSON.stringify(why) }
      : piece;
  });
}

/** Why an exception does not count for a change request; undefined when it does. */
export function waiverFault(
  exception: ExceptionRow,
  row: Pick<ChangeRow, 'entity_ref' | 'environment'>,
  involved: readonly Involved[],
  now: number,
) {
  const scope = scopeOf(exception);
  const about = { entityRef: row.entity_ref, environment: row.environment };
  if (!covers(scope, about)) {
    return say('exception.other', {
      entity: scope.entityRef,
      environment: scope.environment,
    });
  }
  const decider = deciderOf(exception);
  if (!decider || !isActive(timedOf(exception), now)) {
    return say('exception.lapsed');
  }
  return exclusionOf(decider, involved)
    ? say('exception.author', { approver: decider.userRef })
    : undefined;
}

async function exceptionsBehind(
  db: Knex,
  waivers: readonly EvidenceRow[],
): Promise<Map<string, ExceptionRow>> {
  const rows = await readExceptions(
    db,
    waivers.flatMap(({ exception_id }) => exception_id ?? []),
  );
  return new Map(rows.map(row => [row.id, row]));
}
