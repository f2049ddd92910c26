import { NotFoundError } from '@backstage/errors';
import {
  sayDojo,
  type Award,
  type Belt,
  type BeltEntry,
  type Exam,
  type Left,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  evaluateRule,
  ZERO,
  type Fact,
  type Fraction,
  type Missing,
  type PublishedBelt,
  type PublishedCurriculum,
  type PublishedModule,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { saidError, type Said } from '@fawkes/kit-contract';
import type { FoundExam, Revision } from '../content/library';
import type { LearnDeps } from '../learn/deps';
import { findLearner, keepsProgress } from '../learn/learners';
import { lackingFor } from '../learn/needs';
import { Progress } from '../learn/progress';
import { toLab, toModule } from '../learn/entries';
import { iso } from '../learn/iso';
import { verifyUrlOf } from '../certificates/files';
import { tables, type AwardRow, type CredentialRow } from '../store/tables';
import { hindranceOf, labsOpenUntil, marksOf, opensAgainAt } from './exams';
import { factsOf, QUESTIONS } from './facts';

/** What a learner has and knows of belts. */
export interface Known {
  progress: Progress;
  facts: readonly Fact[];
  awards: readonly AwardRow[];
}

/** Everything that is known of a learner in a curriculum. */
export async function knownOf(
  learner: string | undefined,
  content: PublishedCurriculum,
  { db }: Pick<LearnDeps, 'db'>,
): Promise<Known> {
  const progress = await Progress.of(db, learner);
  if (learner === undefined) return { progress, facts: [], awards: [] };
  const awards: AwardRow[] = await db(tables.awards.name)
    .where({ learner_id: learner, curriculum_id: content.id })
    .orderBy('generation', 'desc');
  return { progress, facts: await factsOf(db, learner, content), awards };
}

/** A belt in a list. */
export function toBeltEntry(
  shelf: Revision,
  belt: PublishedBelt,
  { progress, facts, awards }: Known,
  { checks, now }: Pick<LearnDeps, 'checks' | 'now'>,
): BeltEntry {
  const { content } = shelf;
  const award = awards.find(each => each.belt_id === belt.id);
  return {
    slug: belt.slug,
    title: belt.title,
    colour: belt.colour,
    certificate: belt.certificate,
    inPreparation: belt.inPreparation,
    objectives: belt.objectives,
    modules: modulesOf(content, belt.modules).map(module =>
      toModule(module, progress),
    ),
    planned: belt.planned
      .filter(({ id }) => !content.modules.some(each => each.id === id))
      .map(({ title, minutes }) => ({ title, minutes })),
    left: belt.inPreparation
      ? null
      : evaluateRule(belt.award, facts, now()).missing.length,
    awardedAt: award ? iso(award.awarded_at) : null,
    revokedAt: award?.revoked_at ? iso(award.revoked_at) : null,
    // What is done needs nothing.
    needs: belt.inPreparation || award ? [] : needsOf(shelf, belt, checks),
  };
}

/** What this portal lacks for a belt, each thing once. */
function needsOf(
  shelf: Revision,
  belt: PublishedBelt,
  checks: LearnDeps['checks'],
): Said[] {
  const labs = [
    ...modulesOf(shelf.content, belt.modules)
      .filter(({ optional }) => !optional)
      .flatMap(module => module.labs.filter(({ gate }) => gate)),
    ...(shelf.examOf(belt.slug)?.exam.labs ?? []),
  ];
  const lacking = labs.flatMap(lab => lackingFor(lab, shelf, checks));
  return [...new Map(lacking.map(said => [said.text, said])).values()];
}

/** A belt with its exam and what is left for one person. */
export async function readBelt(
  userRef: string | undefined,
  slug: string,
  deps: LearnDeps,
): Promise<Belt> {
  const { db, library, now } = deps;
  const found = await library.belt(slug);
  if (!found) throw saidError(NotFoundError, sayDojo('belt.not_found'));
  const { shelf, belt } = found;
  const { content } = shelf;
  const learner = await findLearner(db, userRef);
  const known = await knownOf(learner, content, deps);
  const award = known.awards.find(each => each.belt_id === belt.id);
  const exam = shelf.examOf(slug);
  const { missing } = evaluateRule(belt.award, known.facts, now());
  return {
    ...toBeltEntry(shelf, belt, known, deps),
    asOf: iso(now()),
    curriculum: { slug: content.slug, title: content.title },
    locale: content.locale,
    keepsProgress: keepsProgress(userRef),
    left: missing.map(each => toLeft(each, content)),
    award: award
      ? {
          id: award.id,
          awardedAt: iso(award.awarded_at),
          generation: award.generation,
          revokedAt: award.revoked_at === null ? null : iso(award.revoked_at),
          credential: await certificateOf(award, deps),
        }
      : null,
    exam: exam ? await toExam(exam, learner, known, deps) : null,
  };
}

/** The newest certificate of an award. */
async function certificateOf(
  { id }: AwardRow,
  { db, now }: Pick<LearnDeps, 'db' | 'now'>,
): Promise<Award['credential']> {
  const row: CredentialRow | undefined = await db(tables.credentials.name)
    .where({ award_id: id })
    .orderBy('edition', 'desc')
    .first();
  return row
    ? {
        id: row.id,
        verifyUrl: verifyUrlOf(row),
        issuedAt: iso(row.issued_at),
        state: stateOf(row, now()),
      }
    : null;
}

function stateOf(
  { revoked_at: revokedAt, reason, valid_until: until }: CredentialRow,
  now: number,
): NonNullable<Award['credential']>['state'] {
  if (revokedAt !== null) {
    return reason === 'superseded' ? 'superseded' : 'revoked';
  }
  return until !== null && now > until ? 'expired' : 'valid';
}

async function toExam(
  found: FoundExam,
  learner: string | undefined,
  { progress, facts }: Known,
  { db, now }: Pick<LearnDeps, 'db' | 'now'>,
): Promise<Exam> {
  const { belt, exam } = found;
  const marks = marksOf(exam, facts);
  const [last] = progress.attemptsAt(exam);
  const isOpen = last !== undefined && last.ended_at === null;
  const at = now();
  const until =
    learner === undefined ? 0 : await labsOpenUntil(db, learner, exam.id);
  const opens = opensAgainAt(belt.retakeWaitDays, last);
  return {
    id: exam.id,
    slug: exam.slug,
    title: exam.title,
    questions: exam.questions,
    clockMinutes: exam.clockMinutes,
    total: exam.total,
    required: exam.required,
    passPercent: exam.passPercent,
    retakeWaitDays: belt.retakeWaitDays,
    publicItems: exam.publicItems,
    earned: toFraction(marks.earned),
    passed: marks.passed,
    parts: [
      {
        lab: null,
        title: '',
        earned: toFraction(marks.parts.get(QUESTIONS)),
        total: exam.questionPoints,
      },
      ...exam.labs.map(({ id, slug, title, total }) => ({
        lab: slug,
        title,
        earned: toFraction(marks.parts.get(id)),
        total,
      })),
    ],
    hindrance: isOpen ? null : hindranceOf(found, facts, { last, at }) ?? null,
    opensAt: opens === null || opens <= at || marks.passed ? null : iso(opens),
    labsOpenUntil: until === 0 ? null : iso(until),
    lastAttempt: last
      ? { id: last.id, state: isOpen ? 'open' : 'ended' }
      : null,
    labs: exam.labs.map(lab => toLab(lab, progress)),
  };
}

function toFraction(value: Fraction = ZERO) {
  return {
    numerator: String(value.numerator),
    denominator: String(value.denominator),
  };
}

function toLeft(missing: Missing, content: PublishedCurriculum): Left {
  return {
    ...toLine(missing, content),
    ways: (missing.ways ?? []).map(way =>
      way.map(each => toLine(each, content)),
    ),
  };
}

function toLine(
  { kind, id, have, need }: Missing,
  content: PublishedCurriculum,
): Omit<Left, 'ways'> {
  const { name = id, title = id, module = null } = named(kind, id, content);
  return {
    kind,
    name,
    title,
    have: have ?? null,
    need: need ?? null,
    module,
  };
}

/** What a rule calls by an id, as people know it. */
function named(
  kind: Missing['kind'],
  id: string,
  { belts, modules, exams }: PublishedCurriculum,
): { name?: string; title?: string; module?: string } {
  if (kind === 'belt') {
    return { title: belts.find(({ slug }) => slug === id)?.title };
  }
  if (kind === 'module') {
    const module = modules.find(each => each.id === id);
    if (module) {
      return { name: module.slug, title: module.title, module: module.slug };
    }
    const planned = belts
      .flatMap(belt => belt.planned)
      .find(each => each.id === id);
    return { title: planned?.title };
  }
  if (kind === 'lab') {
    const owner = modules.find(({ labs }) => labs.some(lab => lab.id === id));
    const lab = [...modules, ...exams]
      .flatMap(({ labs }) => labs)
      .find(each => each.id === id);
    return { name: lab?.slug, title: lab?.title, module: owner?.slug };
  }
  const [exam, part] = id.split('/');
  const found = exams.find(each => each.id === exam);
  if (kind === 'exam') return { name: found?.slug, title: found?.title };
  return kind === 'component' ? { name: part, title: part } : {};
}

/** Modules by their slugs, those that are there. */
export function modulesOf(
  { modules }: PublishedCurriculum,
  slugs: readonly string[],
): PublishedModule[] {
  return slugs.flatMap(slug => modules.find(each => each.slug === slug) ?? []);
}
