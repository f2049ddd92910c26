import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { KeptEvidence } from '../learn/looks';
import { tables } from '../store/tables';

/** How long what is kept of people is kept, ms. */
export interface Retention {
  /** What steps of labs were judged by, and what was typed in. */
  evidence: number;
  /** What was asked and answered in checks and exams. */
  answers: number;
  /** Who looked. */
  looks: number;
}

/** How many attempts or runs are worked on at a time. */
const AT_ONCE = 500;

/** What forgetting is made of. */
interface ForgetDeps {
  db: Knex;
  now(): number;
  retention: Retention;
}

/**
 * Forgets what is older than it may be kept: answers and evidence. How it ended,
 * the verdicts and the digests stay.
 *
 * @returns how many attempts, runs and looks were worked on
 */
export async function forget(deps: ForgetDeps): Promise<number> {
  const { db, now, retention } = deps;
  let count = 0;
  for (const work of [forgetAnswers, forgetEvidence]) {
    for (;;) {
      const done = await work(deps);
      count += done;
      if (done < AT_ONCE) break;
    }
  }
  return (
    count +
    (await db(tables.looks.name)
      .where('at', '<=', now() - retention.looks)
      .delete())
  );
}

async function forgetAnswers({
  db,
  now,
  retention,
}: ForgetDeps): Promise<number> {
  // Also of those that were left open: nobody comes back for them after so long.
  const ids: string[] = await db(tables.attempts.name)
    .where('deadline_at', '<=', now() - retention.answers)
    .whereNull('forgotten_at')
    .limit(AT_ONCE)
    .pluck('id');
  await db(tables.attempts.name)
    .whereIn('id', ids)
    .update({ answers: '[]', questions: '[]', forgotten_at: now() });
  return ids.length;
}

async function forgetEvidence({
  db,
  now,
  retention,
}: ForgetDeps): Promise<number> {
  // What was seen in a run was seen before its end.
  const runs: string[] = await db(tables.labRuns.name)
    .where('ends_at', '<=', now() - retention.evidence)
    .whereNull('forgotten_at')
    .limit(AT_ONCE)
    .pluck('id');
  await inTransaction(db, async tx => {
    const steps = await tx(tables.labSteps.name).whereIn('run_id', runs);
    for (const { run_id: run, step, evidence } of steps) {
      await tx(tables.labSteps.name)
        .where({ run_id: run, step })
        .update({ answer: null, evidence: withoutExcerpt(evidence) });
    }
    await tx(tables.labRuns.name)
      .whereIn('id', runs)
      .update({ subjects: '{}', forgotten_at: now() });
  });
  return runs.length;
}

function withoutExcerpt(evidence: string | null): string | null {
  if (evidence === null) return null;
  const kept: KeptEvidence = { ...JSON.parse(evidence), excerpt: '' };
  return JSON.stringify(kept);
}
