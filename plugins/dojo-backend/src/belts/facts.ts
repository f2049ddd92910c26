import type {
  Assurance,
  Fact,
  PublishedCurriculum,
  PublishedLab,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  fraction,
  reaches,
  ZERO,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import { least, type KeptEvidence } from '../learn/looks';
import type { KeptResult } from '../learn/result';
import { sightingOf } from '../learn/shownRun';
import { tables, type AwardRow, type StepRow } from '../store/tables';

/** The questions of an exam, among its parts. */
export const QUESTIONS = 'questions';

/** Everything rules of belts may ask about one learner. */
export async function factsOf(
  db: Knex,
  learner: string,
  content: PublishedCurriculum,
): Promise<Fact[]> {
  const own = { learner_id: learner };
  const completions = await db(tables.completions.name).where(own);
  const counted = await db(tables.countedFacts.name).where(own);
  const awards: AwardRow[] = await db(tables.awards.name).where({
    ...own,
    curriculum_id: content.id,
  });
  return [
    ...completions.map(
      (row): Fact => ({
        kind: 'completion',
        module: row.module_id,
        at: row.at,
      }),
    ),
    ...counted.map(
      (row): Fact => ({
        kind: 'counted',
        type: row.type,
        key: row.key,
        fields: JSON.parse(row.fields),
        at: row.at,
      }),
    ),
    ...awards.flatMap(awardFacts),
    ...(await examFacts(db, learner, content)),
    ...(await labFacts(db, learner, content)),
  ];
}

/** An award, and what was taken back of it. */
export function awardFacts({
  belt,
  generation,
  awarded_at: at,
  revoked_at: revokedAt,
}: AwardRow): Fact[] {
  const awarded: Fact = { kind: 'award', belt, generation, at };
  return revokedAt === null
    ? [awarded]
    : [awarded, { kind: 'revocation', belt, generation, at: revokedAt }];
}

/** What was earned in exams: in each part as often as it was tried, and no more than it is worth. */
export async function examFacts(
  db: Knex,
  learner: string,
  { exams }: PublishedCurriculum,
): Promise<Fact[]> {
  if (exams.length === 0) return [];
  const attempts = await db(tables.attempts.name)
    .where({ learner_id: learner })
    .whereIn(
      'quiz_id',
      exams.map(({ id }) => id),
    )
    .whereNotNull('ended_at')
    .select('quiz_id', 'ended_at', 'result');
  const labs = exams.flatMap(exam =>
    exam.labs.map(lab => ({ exam: exam.id, lab })),
  );
  const runs = await runsOf(
    db,
    learner,
    labs.map(({ lab }) => lab),
  );
  const worth = new Map(
    exams.map(({ id, questionPoints }) => [id, fraction(questionPoints)]),
  );
  const written = attempts.map((row): Fact => {
    const { earned }: KeptResult = JSON.parse(row.result);
    const points = earned
      ? fraction(BigInt(earned.numerator), BigInt(earned.denominator))
      : ZERO;
    // An older version may have asked for more.
    const most = worth.get(row.quiz_id)!;
    return {
      kind: 'exam',
      exam: row.quiz_id,
      part: QUESTIONS,
      points: reaches(points, most) ? most : points,
      at: row.ended_at,
    };
  });
  const inLabs = runs.flatMap(({ lab, steps }): Fact[] => {
    const { exam } = labs.find(each => each.lab.id === lab.id)!;
    const passed = lab.checks.flatMap(({ id, points }) => {
      const at = sightingOf(steps.get(id)).passed?.at;
      return at === undefined ? [] : [{ at, points }];
    });
    // What was earned up to each step: points grow with time.
    return passed.map(({ at }) => ({
      kind: 'exam',
      exam,
      part: lab.id,
      points: fraction(
        passed
          .filter(other => other.at <= at)
          .reduce((sum, { points }) => sum + points, 0),
      ),
      at,
    }));
  });
  return [...written, ...inLabs];
}

async function labFacts(
  db: Knex,
  learner: string,
  { modules, exams }: PublishedCurriculum,
): Promise<Fact[]> {
  const labs = [...modules, ...exams].flatMap(part => part.labs);
  const runs = await runsOf(db, learner, labs, true);
  return runs.map(({ lab, steps, passedAt }) => ({
    kind: 'lab',
    lab: lab.id,
    assurance: assuranceOf(lab, steps),
    at: passedAt!,
  }));
}

/** As well as the least known of what the lab was passed by. */
function assuranceOf(
  { checks }: PublishedLab,
  steps: ReadonlyMap<string, StepRow>,
): Assurance {
  const required = checks.filter(check => check.required);
  const decided = required.length > 0 ? required : checks;
  const known = decided.flatMap(({ id }) => {
    const evidence = steps.get(id)?.evidence;
    return evidence ? [(JSON.parse(evidence) as KeptEvidence).assurance] : [];
  });
  return known.length > 0 ? least(...known) : 'self-reported';
}

interface DoneRun {
  lab: PublishedLab;
  passedAt: number | null;
  steps: Map<string, StepRow>;
}

async function runsOf(
  db: Knex,
  learner: string,
  labs: readonly PublishedLab[],
  passedOnly = false,
): Promise<DoneRun[]> {
  if (labs.length === 0) return [];
  const rows: Array<StepRow & { lab_id: string; passed_at: number | null }> =
    await db(tables.labRuns.name)
      .join('lab_steps', 'lab_steps.run_id', 'lab_runs.id')
      .where('lab_runs.learner_id', learner)
      .whereIn(
        'lab_runs.lab_id',
        labs.map(({ id }) => id),
      )
      .modify(query => {
        if (passedOnly) query.whereNotNull('lab_runs.passed_at');
      })
      .select('lab_steps.*', 'lab_runs.lab_id', 'lab_runs.passed_at');
  const runs = new Map<string, DoneRun>();
  for (const row of rows) {
    const lab = labs.find(({ id }) => id === row.lab_id)!;
    const run: DoneRun = runs.get(row.run_id) ?? {
      lab,
      passedAt: row.passed_at,
      steps: new Map(),
    };
    run.steps.set(row.step, row);
    runs.set(row.run_id, run);
  }
  return [...runs.values()];
}
