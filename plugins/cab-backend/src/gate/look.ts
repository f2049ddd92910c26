import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { ScoredRevision } from '../cases/scored';
import { FRESH_MS, StaleVoters } from '../cases/people';
import type { DirectoryPerson } from '../people/directory';
import {
  facts,
  people,
  revisions,
  votes,
  type ChangeRow,
  type VoteRow,
} from '../store/tables';

/** Everything about change requests that are open, read together. */
export interface Look {
  /** How the revision of a change request was scored. */
  scored(row: ChangeRow): ScoredRevision;
  /** The live votes of its round. */
  live(row: ChangeRow): VoteRow[];
  /**
   * Who they are.
   *
   * @throws StaleVoters for those that were read too long ago
   */
  voters(userRefs: readonly string[]): Map<string, DirectoryPerson>;
  /** Takes votes out that no longer count. */
  forget(voteIds: readonly string[]): void;
  /** Whether its facts were read again lately. */
  hasFreshFacts(row: ChangeRow): boolean;
}

/** Reads what the gate looks at again: four statements, however many there are. */
export async function lookAt(
  db: Knex,
  rows: readonly ChangeRow[],
  now: number,
): Promise<Look> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return lookOf([], [], [], [], now);
  const scored = await select(
    db(revisions.name).whereIn('change_id', ids),
    revisions,
    'change_id',
    'revision',
    'scored',
  );
  const live = await select(
    db(votes.name)
      .whereIn('change_id', ids)
      .where('state', 'live')
      .orderBy('at'),
    votes,
  );
  const refs = [...new Set(live.map(({ user_ref }) => user_ref))];
  const known = await select(db(people.name).whereIn('user_ref', refs), people);
  const read = await select(
    db(facts.name).whereIn('change_id', ids),
    facts,
    'change_id',
    'read_at',
  );
  return lookOf(scored, live, known, read, now);
}

function lookOf(
  scored: Array<{ change_id: string; revision: number; scored: string | null }>,
  live: VoteRow[],
  known: Array<{ user_ref: string; person: string; read_at: number }>,
  read: Array<{ change_id: string; read_at: number }>,
  now: number,
): Look {
  const forgotten = new Set<string>();
  const isFresh = (at: number) => now - at <= FRESH_MS;
  const risks = new Map(
    scored.map(row => [`${row.change_id} ${row.revision}`, row.scored]),
  );
  const fresh = new Map(
    known
      .filter(({ read_at }) => isFresh(read_at))
      .map(row => [
        row.user_ref,
        JSON.parse(row.person) as DirectoryPerson | null,
      ]),
  );
  const facing = new Set(
    read.filter(row => isFresh(row.read_at)).map(row => row.change_id),
  );
  return {
    scored({ id, revision }) {
      const found = risks.get(`${id} ${revision}`);
      if (!found) throw new Error(`The change request ${id} was never scored`);
      return JSON.parse(found);
    },
    live: ({ id, round }) =>
      live.filter(
        vote =>
          vote.change_id === id &&
          vote.round === round &&
          !forgotten.has(vote.id),
      ),
    forget: voteIds => voteIds.forEach(id => forgotten.add(id)),
    voters(userRefs) {
      const stale = userRefs.filter(ref => !fresh.has(ref));
      if (stale.length > 0) throw new StaleVoters(stale);
      return new Map(
        userRefs.flatMap(ref => {
          const person = fresh.get(ref);
          return person ? [[ref, person] as const] : [];
        }),
      );
    },
    hasFreshFacts: ({ id }) => facing.has(id),
  };
}
