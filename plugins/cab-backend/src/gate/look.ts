import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { peopleOf } from '../cases/deciding';
import { exceptionsOf, type ScoredRevision } from '../cases/scored';
import { FRESH_MS, StaleVoters } from '../cases/people';
import type { DirectoryPerson } from '../people/directory';
import { saysOf } from '../evidence/pack';
import { holdExceptions } from '../exceptions/row';
import {
  evidence,
  facts,
  people,
  revisions,
  votes,
  type ChangeRow,
  type ExceptionRow,
  type VoteRow,
} from '../store/tables';
import { bindsArtifact } from './verdict';

/** Everything about change requests that are open, read together. */
export interface Look {
  /** How the revision of a change request was scored. */
  scored(row: ChangeRow): ScoredRevision;
  /** Digests that trusted provenance says were built from its commit. */
  vouched(row: ChangeRow): string[];
  /** The exceptions it was decided with. */
  exceptions(row: ChangeRow): ExceptionRow[];
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

/** Reads what the gate looks at again: six statements at most, however many there are. */
export async function lookAt(
  db: Knex,
  rows: readonly ChangeRow[],
  now: number,
): Promise<Look> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) {
    return lookOf(
      { scored: [], used: [], built: [], live: [], known: [], read: [] },
      now,
    );
  }
  const scored = await select(
    db(revisions.name).whereIn('change_id', ids),
    revisions,
    'change_id',
    'revision',
    'scored',
  );
  // What is allowed with one is written before it can end, or finds it ended.
  const used = await holdExceptions(
    db,
    scored.flatMap(each =>
      each.scored === null ? [] : exceptionsOf(JSON.parse(each.scored)),
    ),
  );
  const bound = rows.filter(bindsArtifact).map(({ id }) => id);
  // What was kept beside the pack counts as well: it is no news about the risk.
  const built =
    bound.length === 0
      ? []
      : await select(
          db(evidence.name)
            .whereIn('change_id', bound)
            .where({ kind: 'provenance', state: 'verified' })
            .whereNull('to_revision'),
          evidence,
          'change_id',
          'says',
        );
  const live = await select(
    db(votes.name)
      .whereIn('change_id', ids)
      .where('state', 'live')
      .orderBy('at'),
    votes,
  );
  const refs = [...new Set(live.flatMap(peopleOf))];
  const known = await select(db(people.name).whereIn('user_ref', refs), people);
  const read = await select(
    db(facts.name).whereIn('change_id', ids),
    facts,
    'change_id',
    'read_at',
  );
  return lookOf({ scored, used, built, live, known, read }, now);
}

/** Rows, as far as they matter. */
interface Read {
  scored: Array<{ change_id: string; revision: number; scored: string | null }>;
  used: ExceptionRow[];
  built: Array<{ change_id: string; says: string | null }>;
  live: VoteRow[];
  known: Array<{ user_ref: string; person: string; read_at: number }>;
  read: Array<{ change_id: string; read_at: number }>;
}

function lookOf(
  { scored, used, built, live, known, read }: Read,
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
  const scoredOf = ({ id, revision }: ChangeRow): ScoredRevision => {
    const found = risks.get(`${id} ${revision}`);
    if (!found) throw new Error(`The change request ${id} was never scored`);
    return JSON.parse(found);
  };
  return {
    scored: scoredOf,
    exceptions(row) {
      const ids = exceptionsOf(scoredOf(row));
      return used.filter(({ id }) => ids.includes(id));
    },
    vouched: ({ id }) =>
      built
        .filter(({ change_id }) => change_id === id)
        .flatMap(piece => {
          const says = saysOf(piece);
          return says?.kind === 'provenance' ? says.subjects : [];
        }),
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
