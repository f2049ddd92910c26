import { ConflictError } from '@backstage/errors';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  bestOfParts,
  evaluateRule,
  isPass,
  plus,
  ZERO,
  type Fact,
  type Fraction,
  type PublishedCurriculum,
  type PublishedExam,
  type Rule,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { saidError, type Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { FoundExam } from '../content/library';
import { tables, type AttemptRow } from '../store/tables';
import { factsOf } from './facts';

const DAY_MS = 86_400_000;
/** The labs of an exam are open for so long from its start on. */
export const LABS_MS = 7 * DAY_MS;

/** What somebody has of an exam: of each part the best. */
export interface ExamMarks {
  /** By `questions` and ids of labs. */
  parts: ReadonlyMap<string, Fraction>;
  earned: Fraction;
  passed: boolean;
}

/** Sums up the best of each part, by which belts are judged too. */
export function marksOf(
  exam: PublishedExam,
  facts: readonly Fact[],
): ExamMarks {
  const parts = bestOfParts(exam.id, facts);
  const earned = [...parts.values()].reduce(plus, ZERO);
  const passed = isPass(earned, exam.total, exam.passPercent);
  return { parts, earned, passed };
}

/** Why an exam cannot be begun at the moment; undefined where it can. */
export function hindranceOf(
  { belt, exam }: FoundExam,
  facts: readonly Fact[],
  {
    last,
    at,
  }: {
    /** The last attempt at its questions, which has ended. */
    last: Pick<AttemptRow, 'ended_at'> | undefined;
    at: number;
  },
): Said | undefined {
  if (belt.inPreparation) return sayDojo('exam.preparation');
  for (const rule of beltsIn(belt.award)) {
    if (!evaluateRule(rule, facts, at).satisfied) {
      return sayDojo('exam.belt_before', { belt: rule.belt });
    }
  }
  if (marksOf(exam, facts).passed) return sayDojo('exam.passed');
  const opens = opensAgainAt(belt.retakeWaitDays, last);
  return opens !== null && at < opens
    ? sayDojo('exam.wait', { until: minuteOf(opens) })
    : undefined;
}

/** An instant as people read it, in UTC. */
function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** When an exam may be tried again: so many days of 24 hours after its end. */
export function opensAgainAt(
  days: number,
  last: Pick<AttemptRow, 'ended_at'> | undefined,
): number | null {
  const ended = last?.ended_at ?? null;
  return ended === null ? null : ended + days * DAY_MS;
}

/**
 * Refuses to begin an exam.
 *
 * @throws ConflictError saying why, and until when
 */
export async function refuseExam(
  tx: Knex,
  found: FoundExam,
  {
    learner,
    last,
    content,
    at,
  }: {
    learner: string;
    last: AttemptRow | undefined;
    content: PublishedCurriculum;
    at: number;
  },
): Promise<void> {
  const facts = await factsOf(tx, learner, content);
  const hindrance = hindranceOf(found, facts, { last, at });
  if (hindrance) throw saidError(ConflictError, hindrance);
}

/** Until when the labs of an exam may be begun; 0 where it was never begun. */
export async function labsOpenUntil(
  db: Knex,
  learner: string,
  exam: string,
): Promise<number> {
  const row = await db(tables.attempts.name)
    .where({ learner_id: learner, quiz_id: exam })
    .max({ at: 'started_at' })
    .first();
  return row?.at ? row.at + LABS_MS : 0;
}

/** Belts that have to be there before, whatever else a rule asks. */
function beltsIn(rule: Rule): Array<{ belt: string }> {
  if ('belt' in rule) return [rule];
  return 'all' in rule ? rule.all.flatMap(beltsIn) : [];
}
