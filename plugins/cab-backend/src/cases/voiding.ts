import { say, type Binding } from '@fawkes/backstage-plugin-cab-common';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { votes, type ChangeRow, type VoteRow } from '../store/tables';
import type { Moving } from './moving';

/** Why votes stop counting. */
export type Voided =
  | { code: 'void.revision'; revision: number }
  | { code: 'void.member' }
  | { code: 'void.round' }
  | { code: 'void.exception' }
  | { code: 'void.withdrawn' };

/**
 * Votes that count no longer stay in the record with the reason, and never count
 * again.
 *
 * @param which - all live ones of the change request when left out
 */
export async function voidVotes(
  { tx, row }: Moving,
  why: Voided,
  which?: readonly string[],
): Promise<void> {
  const query = tx(votes.name).where({ change_id: row.id, state: 'live' });
  if (which) query.whereIn('id', [...which]);
  const words =
    why.code === 'void.revision'
      ? say(why.code, { revision: why.revision })
      : say(why.code);
  await query.update({
    state: why.code === 'void.withdrawn' ? 'withdrawn' : 'void',
    why: JSON.stringify(words),
    live_key: null,
  });
}

/** The live votes of the round that is open. */
export async function liveVotes({
  tx,
  row,
}: {
  tx: Knex;
  row: Pick<ChangeRow, 'id' | 'round'>;
}): Promise<VoteRow[]> {
  return select(
    tx(votes.name)
      .where({ change_id: row.id, state: 'live', round: row.round })
      .orderBy('at'),
    votes,
  );
}

/** What a vote is bound to. */
export function bindingOf(vote: VoteRow): Binding {
  return {
    revision: vote.revision,
    packDigest: vote.pack_digest,
    riskResultHash: vote.risk_result_hash,
  };
}
