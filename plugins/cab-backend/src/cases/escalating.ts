import { escalate } from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import { changes, recusals, revisions } from '../store/tables';
import type { CaseDeps, Doer } from './deps';
import { inChange } from './moving';
import { tooFewFor } from './people';
import { scoredOf } from './scoredOf';
import { liveVotes, voidVotes } from './voiding';

/**
 * Asks others, where those who are asked can no longer be enough. Votes that are
 * still asked for go along; a quorum never gets smaller by it.
 */
export async function escalateIfTooFew(
  deps: CaseDeps,
  id: string,
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  const [row] = await select(db(changes.name).where({ id }), changes);
  if (!row || !row.state.endsWith('_review')) return;
  const scored = await scoredOf(db, row);
  const left = await select(
    db(recusals.name).where('change_id', id),
    recusals,
    'user_ref',
  );
  const tooFew = await tooFewFor(
    deps,
    scored.requirement,
    scored.involved,
    scored.ownerGroup ?? undefined,
    new Set(left.map(({ user_ref }) => user_ref)),
  );
  if (!tooFew) return;
  const requirement = escalate(scored.requirement, deps.config.groups);
  await inChange(deps, id, doer, async moving => {
    const { tx, row: own } = moving;
    // Somebody else was faster: what was found out is of another round.
    if (own.round !== row.round || own.requirement !== row.requirement) return;
    moving.raise({
      event: 'quorum_impossible',
      by: 'engine',
      holds: { isQuorumImpossible: true },
      data: { pool: [...requirement.pool], min: requirement.min },
    });
    own.requirement = JSON.stringify(requirement);
    await tx(revisions.name)
      .where({ change_id: id, revision: own.revision })
      .update({ scored: JSON.stringify({ ...scored, requirement }) });
    const gone: string[] = [];
    for (const vote of await liveVotes(moving)) {
      const person = await tx('cab_people')
        .where('user_ref', vote.user_ref)
        .first();
      const groups: string[] =
        JSON.parse(person?.person ?? 'null')?.groups ?? [];
      if (!requirement.pool.some(group => groups.includes(group)))
        gone.push(vote.id);
    }
    await voidVotes(moving, { code: 'void.member' }, gone);
  });
}
