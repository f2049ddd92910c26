import { randomUUID } from 'node:crypto';
import {
  evaluateRule,
  type Fact,
  type PublishedBelt,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { insertRows, lock, sha256 } from '@fawkes/kit-backend/sql';
import { putMessages, type Message } from '@fawkes/kit-backend/work';
import { canonicalJson } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { Revision } from '../content/library';
import { tables, type AwardRow } from '../store/tables';
import { awardFacts, factsOf } from './facts';

/** Messages that tell a person of a belt. */
export const AWARDED = 'awarded';
/** Messages that have a certificate made. */
export const CERTIFY = 'certify';

/** What was asked on the day of an award. */
export interface Criteria {
  title: string;
  colour: string;
  certificate: string;
  curriculum: string;
  version: string;
  objectives: string[];
  rule: PublishedBelt['award'];
  publicItems: boolean;
  validity: string | null;
}

/**
 * Awards every belt whose rule holds, in their order and each once, in the
 * transaction of the fact that may have completed it. What follows an award is
 * put into the outbox with it.
 *
 * @returns the awards that are new
 */
export async function awardBelts(
  tx: Knex.Transaction,
  learner: string,
  shelves: readonly Revision[],
  now: number,
): Promise<AwardRow[]> {
  const fresh: AwardRow[] = [];
  for (const shelf of shelves) {
    const belts = shelf.content.belts.filter(belt => !belt.inPreparation);
    if (belts.length === 0) continue;
    // Whoever waits for this sees what the one before has committed.
    await lock(tx, [`award ${learner} ${shelf.content.id}`], 'alone');
    const known: AwardRow[] = await tx(tables.awards.name).where({
      learner_id: learner,
      curriculum_id: shelf.content.id,
    });
    // A revocation blocks until it is lifted, which is a generation of its own.
    const open = belts.filter(
      belt => !known.some(award => award.belt_id === belt.id),
    );
    if (open.length === 0) continue;
    const facts = await factsOf(tx, learner, shelf.content);
    for (const belt of open) {
      if (!evaluateRule(belt.award, facts, now).satisfied) continue;
      const award = awardOf(belt, { learner, shelf, facts, now });
      await insertRows(tx, tables.awards, [award]);
      await putMessages(tx, tables.outbox, messagesOf(award), now);
      facts.push(...awardFacts(award));
      fresh.push(award);
    }
  }
  return fresh;
}

function awardOf(
  belt: PublishedBelt,
  around: {
    learner: string;
    shelf: Revision;
    facts: readonly Fact[];
    now: number;
  },
): AwardRow {
  const { learner, shelf, facts, now } = around;
  const { content } = shelf;
  const criteria: Criteria = {
    title: belt.title,
    colour: belt.colour,
    certificate: belt.certificate,
    curriculum: content.title,
    version: content.version,
    objectives: belt.objectives,
    rule: belt.award,
    publicItems: shelf.examOf(belt.slug)?.exam.publicItems ?? false,
    validity: belt.validity,
  };
  return {
    id: randomUUID(),
    learner_id: learner,
    curriculum_id: content.id,
    belt_id: belt.id,
    belt: belt.slug,
    generation: 1,
    awarded_at: now,
    fact_at: completedAt(belt, facts, now),
    revision_id: shelf.id,
    rule_digest: sha256(canonicalJson(belt.award)),
    criteria: JSON.stringify(criteria),
    revoked_at: null,
  };
}

/** When the last fact came that the rule needed. */
function completedAt(
  { award }: PublishedBelt,
  facts: readonly Fact[],
  now: number,
): number {
  const moments = [...new Set(facts.map(({ at }) => at))]
    .filter(at => at <= now)
    .sort((a, b) => a - b);
  return moments.find(at => evaluateRule(award, facts, at).satisfied) ?? now;
}

function messagesOf({ id, learner_id: learner }: AwardRow): Message[] {
  return [AWARDED, CERTIFY].map(kind => ({
    id: `${kind}/${id}`,
    lane: `${kind}/${learner}`,
    kind,
    payload: { award: id },
  }));
}
