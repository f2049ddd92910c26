import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { tables, type AwardRow, type CredentialRow } from '../store/tables';
import type { Me } from './me';

/** What an erasure goes by. */
export interface Erasing {
  /** Certificates that stay valid as files. */
  keep: ReadonlySet<string>;
  now: number;
  /** Ids that stand where those of awards were. */
  tombstones: Map<string, string>;
}

const DAY_MS = 86_400_000;

/** Ids that lead to nobody; what they count stays counted. */
const tombstone = () => `erased-${randomUUID()}`;

/** Of a moment the day is left: a file that somebody has says the second. */
const dayOf = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;

type Erase = (tx: Knex.Transaction, me: Me, how: Erasing) => Promise<void>;

/** How rows are erased that others still hang on. */
export const erased = {
  /** Figures of groups stay as they were, and say how many they lost. */
  async counted(tx, { learner }) {
    const own = tx(tables.teamPeople.name).where({ learner_id: learner });
    const groups: string[] = await own.clone().pluck('group_ref');
    await tx(tables.teamFigures.name)
      .whereIn('group_ref', groups)
      .increment('erased', 1);
    await own.delete();
  },

  /**
   * The place in a status list is never free again, or an old file would say what
   * another one is. What was signed goes, and its id leads nowhere.
   */
  async credentials(tx, me, how) {
    const rows: CredentialRow[] = await tx(tables.credentials.name).whereIn(
      'award_id',
      ownAwards(tx, me),
    );
    for (const row of rows) {
      const { id, award_id: award } = row;
      const revokes = row.revoked_at === null && !how.keep.has(id);
      await tx(tables.credentials.name)
        .where({ id })
        .update({
          id: randomBytes(16).toString('hex'),
          award_id: tombstoneOf(award, how),
          issued_at: dayOf(row.issued_at),
          signed: '{}',
          ...(revokes && { revoked_at: dayOf(how.now), reason: 'revoked' }),
        });
      if (!revokes) continue;
      await tx(tables.statusLists.name)
        .where({ number: row.status_list })
        .update({ stale: true });
    }
  },

  /** What was said against them goes; of what they decided, their name. */
  async revocations(tx, me) {
    await tx(tables.revocations.name)
      .whereIn('award_id', ownAwards(tx, me))
      .delete();
    for (const column of ['proposed_by', 'confirmed_by']) {
      await tx(tables.revocations.name)
        .where({ [column]: me.userRef })
        .update({ [column]: tombstone() });
    }
  },

  /** That somebody earned a belt stays, and what was asked for it that day. */
  async awards(tx, { learner }, how) {
    const rows: AwardRow[] = await tx(tables.awards.name).where({
      learner_id: learner,
    });
    for (const row of rows) {
      await tx(tables.awards.name)
        .where({ id: row.id })
        .update({
          id: tombstoneOf(row.id, how),
          // One for each, so that two belts do not lead to one person.
          learner_id: tombstone(),
          awarded_at: dayOf(row.awarded_at),
          fact_at: dayOf(row.fact_at),
          revoked_at: row.revoked_at === null ? null : dayOf(row.revoked_at),
        });
    }
  },

  /** Whoever was looked at still knows that somebody did. */
  async looks(tx, me) {
    await tx(tables.looks.name).where({ learner_id: me.learner }).delete();
    await tx(tables.looks.name)
      .where({ by_ref: me.userRef })
      .update({ by_ref: tombstone() });
  },
} satisfies Record<string, Erase>;

function tombstoneOf(award: string, { tombstones }: Erasing): string {
  const known = tombstones.get(award) ?? tombstone();
  tombstones.set(award, known);
  return known;
}

function ownAwards(tx: Knex.Transaction, { learner }: Me): Knex.QueryBuilder {
  return tx(tables.awards.name).where({ learner_id: learner }).select('id');
}
