import { InputError } from '@backstage/errors';
import {
  exclusionOf,
  reduce,
  type Involved,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import { revisions, type ChangeRow } from '../store/tables';
import { questionOf } from './asking';
import type { CaseDeps, Doer } from './deps';
import { inChange, readChange } from './moving';
import { readPerson } from './people';
import { conflict, notAllowed } from './refusals';
import type { ScoredRevision } from './scored';

/** Looks back at what ran; with that it is closed. */
export async function reviewChange(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  const { db, config } = deps;
  const now = await databaseNow(db);
  const person = await readPerson(deps, doer.actor, now);
  const involved = await involvedIn(deps, await readChange(db, id), now);
  await inChange(deps, id, doer, async moving => {
    const { row } = moving;
    const by = { userRef: doer.actor, person };
    moving.raise({
      event: 'review_done',
      holds: { mayReview: reviewRefusal(config, row, by, involved) ?? true },
      text: reason,
    });
    moving.raise({
      event: 'close',
      by: 'engine',
      // No evidence can be late here yet.
      holds: { lateEvidenceIsThere: true },
    });
  });
}

/** Why somebody may not look back at it; undefined when they may. */
export function reviewRefusal(
  { groups }: Pick<CaseDeps['config'], 'groups'>,
  row: Pick<ChangeRow, 'state' | 'type' | 'owner_ref' | 'submitter'>,
  { userRef, person }: { userRef: string; person: DirectoryPerson | undefined },
  involved: readonly Involved[],
): Error | undefined {
  const { state } = row;
  if (
    reduce(state, { event: 'review_done', by: 'person' }).kind === 'illegal'
  ) {
    return conflict('ILLEGAL_TRANSITION', { state });
  }
  // What nobody allowed, and an emergency however it ended, is for the board alone.
  const isForBoard = state === 'unauthorized' || row.type === 'emergency';
  const pool = [
    groups.board,
    ...(isForBoard || row.owner_ref === null ? [] : [row.owner_ref]),
  ];
  const isOf = pool.some(
    each => each === userRef || person?.groups.includes(each),
  );
  if (!person || !isOf) {
    return notAllowed('review.not_yours', { pool: pool.join(', ') });
  }
  return row.submitter === userRef || exclusionOf(person, involved)
    ? notAllowed('review.involved')
    : undefined;
}

/**
 * The author side of what ran. What nobody asked for was never scored, so who wrote
 * it is read now, as far as anybody can tell.
 */
async function involvedIn(
  { db, facts }: CaseDeps,
  row: ChangeRow,
  now: number,
): Promise<readonly Involved[]> {
  const [revision] = await select(
    db(revisions.name).where({ change_id: row.id, revision: row.revision }),
    revisions,
    'scored',
  );
  const scored: ScoredRevision | null = JSON.parse(revision?.scored ?? 'null');
  if (scored) return scored.involved;
  if (row.head_sha === '') return [];
  try {
    return (await facts(questionOf(row), now)).involved;
  } catch (error) {
    // No repository knows the commit: it is looked back at nevertheless.
    if (error instanceof InputError) return [];
    throw error;
  }
}
