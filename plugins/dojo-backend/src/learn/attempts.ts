import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  sayDojo,
  type Answers,
  type Attempt,
} from '@fawkes/backstage-plugin-dojo-common';
import { drawItems } from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  inTransaction,
  insertRows,
  isPostgres,
  lock,
} from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { awardBelts } from '../belts/award';
import { refuseExam } from '../belts/exams';
import type { Revision } from '../content/library';
import { tables, type AttemptRow } from '../store/tables';
import { completeIfDone } from './completions';
import type { LearnDeps } from './deps';
import { iso } from './iso';
import { enrol, findLearner, holdLearner } from './learners';
import { resultOf, type KeptResult } from './result';
import { ShownAttempt } from './shown';

/** What is received this long after the deadline still counts. */
const GRACE_MS = 15_000;

/**
 * Begins an attempt, or gives back the one that is open.
 *
 * @throws NotFoundError, and ConflictError where lessons have to be opened first
 */
export async function startAttempt(
  userRef: string,
  quizId: string,
  deps: LearnDeps,
): Promise<Attempt> {
  const { db, library, now } = deps;
  const shown = await library.showing(quizId);
  if (!shown) throw saidError(NotFoundError, sayDojo('quiz.not_found'));
  const learner = await enrol(db, userRef, now());
  const shelves = await library.shelves();
  const revisions = new Map([[shown.id, shown]]);
  for (;;) {
    const row = await inTransaction(db, async tx => {
      await holdLearner(tx, learner);
      await lock(tx, [`attempt ${learner} ${quizId}`], 'alone');
      return begin(tx, { learner, quizId, shown, revisions, shelves }, deps);
    });
    if (typeof row !== 'string') return toAttempt(row, deps);
    // The last attempt is of another revision, which has to be read first.
    revisions.set(row, await library.revision(row));
  }
}

/** The open attempt or a new one; the id of a revision that is needed for it. */
async function begin(
  tx: Knex.Transaction,
  {
    learner,
    quizId,
    shown,
    revisions,
    shelves,
  }: {
    learner: string;
    quizId: string;
    shown: Revision;
    revisions: ReadonlyMap<string, Revision>;
    shelves: readonly Revision[];
  },
  deps: LearnDeps,
): Promise<AttemptRow | string> {
  const { chance, now } = deps;
  const at = now();
  const before: AttemptRow[] = await tx(tables.attempts.name)
    .where({ learner_id: learner, quiz_id: quizId })
    .orderBy('number', 'desc');
  let [last] = before;
  if (last && last.ended_at === null) {
    if (at <= last.deadline_at + GRACE_MS) return last;
    const revision = revisions.get(last.revision_id);
    if (!revision) return last.revision_id;
    last = await end(tx, last, last.deadline_at, { revision, shelves }, deps);
  }
  const { module, exam, quiz, clockMinutes } = shown.quiz(quizId);
  if (exam)
    await refuseExam(tx, exam, { learner, last, content: shown.content, at });
  if (quiz.attempts !== null && before.length >= quiz.attempts) {
    throw saidError(ConflictError, sayDojo('attempt.none_left'));
  }
  const unopened = module ? await unopenedOf(tx, last) : [];
  if (unopened.length > 0) {
    const count = unopened.length;
    throw saidError(ConflictError, sayDojo('quiz.corrective', { count }));
  }
  const id = randomUUID();
  const previous: string[] = last ? JSON.parse(last.questions) : [];
  const questions = shown.pools(quizId).flatMap(({ pick, questions: pool }) =>
    drawItems(
      pool.filter(({ status }) => status !== 'retired').map(each => each.id),
      pick,
      previous,
      chance.rank(id, 'draw'),
    ),
  );
  const fresh = {
    id,
    learner_id: learner,
    quiz_id: quizId,
    // Of an exam, what it is of is a belt.
    module_id: module?.id ?? exam!.belt.id,
    revision_id: shown.id,
    number: before.length + 1,
    open_key: `${learner} ${quizId}`,
    started_at: at,
    deadline_at: at + clockMinutes * 60_000,
    ended_at: null,
    questions: JSON.stringify(questions),
    answers: '[]',
    seq: 0,
    saved_at: null,
    passed: null,
    result: null,
    forgotten_at: null,
  };
  await insertRows(tx, tables.attempts, [fresh]);
  return fresh;
}

/** One attempt of the caller; ends it where its time is over. */
export async function readAttempt(
  userRef: string,
  id: string,
  deps: LearnDeps,
): Promise<Attempt> {
  const row = await change(userRef, id, deps, async (tx, attempt, around) => {
    const over = deps.now() > attempt.deadline_at + GRACE_MS;
    return attempt.ended_at === null && over
      ? end(tx, attempt, attempt.deadline_at, around, deps)
      : attempt;
  });
  return toAttempt(row, deps);
}

/**
 * Keeps answers; what comes later with a lower number changes nothing.
 *
 * @throws ConflictError once the attempt has ended
 */
export async function saveAttempt(
  userRef: string,
  id: string,
  { seq, answers }: { seq: number; answers: Answers },
  deps: LearnDeps,
) {
  const at = deps.now();
  const row = await change(userRef, id, deps, async (tx, attempt, around) => {
    if (attempt.ended_at !== null) return undefined;
    if (at > attempt.deadline_at + GRACE_MS) {
      await end(tx, attempt, attempt.deadline_at, around, deps);
      return undefined;
    }
    if (seq <= attempt.seq) return attempt;
    shownIn(attempt, around.revision, deps).read(answers);
    const saved = { answers: JSON.stringify(answers), seq, saved_at: at };
    await tx(tables.attempts.name).where({ id }).update(saved);
    return { ...attempt, ...saved };
  });
  // Thrown outside, so that the end that was found is kept.
  if (!row) throw saidError(ConflictError, sayDojo('attempt.closed'));
  const revision = await deps.library.revision(row.revision_id);
  return {
    asOf: iso(deps.now()),
    seq: row.seq,
    savedAt: iso(row.saved_at ?? at),
    readAs: shownIn(row, revision, deps).readAs(JSON.parse(row.answers)),
  };
}

/** Ends an attempt; ending it again gives the same answer. */
export async function submitAttempt(
  userRef: string,
  id: string,
  { seq, answers }: { seq: number; answers: Answers },
  deps: LearnDeps,
): Promise<Attempt> {
  const at = deps.now();
  const row = await change(userRef, id, deps, async (tx, attempt, around) => {
    if (attempt.ended_at !== null) return attempt;
    const { deadline_at: deadline } = attempt;
    if (at > deadline + GRACE_MS || seq <= attempt.seq) {
      return end(tx, attempt, Math.min(at, deadline), around, deps);
    }
    shownIn(attempt, around.revision, deps).read(answers);
    const last = { answers: JSON.stringify(answers), seq, saved_at: at };
    const answered = { ...attempt, ...last };
    return end(tx, answered, Math.min(at, deadline), around, deps);
  });
  return toAttempt(row, deps);
}

/** What an end is judged by, read before its transaction begins. */
interface Around {
  /** The one the attempt is pinned to. */
  revision: Revision;
  /** What is shown now, by which belts are awarded. */
  shelves: readonly Revision[];
}

/** Works on an attempt that nobody else works on meanwhile, and that is the caller's. */
async function change<T>(
  userRef: string,
  id: string,
  { db, library }: LearnDeps,
  work: (tx: Knex.Transaction, row: AttemptRow, around: Around) => Promise<T>,
): Promise<T> {
  const learner = await findLearner(db, userRef);
  const own = { id, learner_id: learner ?? '' };
  const found = await db(tables.attempts.name).where(own).first('revision_id');
  // Whose it is decides, and nothing a policy says.
  if (!found) throw saidError(NotFoundError, sayDojo('attempt.not_found'));
  const revision = await library.revision(found.revision_id);
  const shelves = await library.shelves();
  return inTransaction(db, async tx => {
    await holdLearner(tx, own.learner_id);
    const query = tx(tables.attempts.name).where(own);
    const row = await (isPostgres(tx) ? query.forUpdate() : query).first();
    return work(tx, row, { revision, shelves });
  });
}

function questionsOf(row: AttemptRow, revision: Revision) {
  return revision.questions(row.quiz_id, JSON.parse(row.questions));
}

function shownIn(row: AttemptRow, revision: Revision, { chance }: LearnDeps) {
  return new ShownAttempt(row.id, questionsOf(row, revision), chance);
}

async function end(
  tx: Knex.Transaction,
  row: AttemptRow,
  at: number,
  { revision, shelves }: Around,
  deps: LearnDeps,
): Promise<AttemptRow> {
  const found = revision.quiz(row.quiz_id);
  const shown = shownIn(row, revision, deps);
  const answers = shown.read(JSON.parse(row.answers));
  const result = resultOf(found, questionsOf(row, revision), answers, shown);
  const ended = {
    answers: row.answers,
    seq: row.seq,
    saved_at: row.saved_at,
    ended_at: at,
    open_key: null,
    passed: result.passed,
    result: JSON.stringify(result),
  };
  await tx(tables.attempts.name).where({ id: row.id }).update(ended);
  if (result.passed && found.module) {
    await completeIfDone(tx, row.learner_id, found.module, at);
  }
  await awardBelts(tx, row.learner_id, shelves, deps.now());
  return { ...row, ...ended };
}

/** Lessons a failed attempt missed that were not opened since. */
export async function unopenedOf(
  db: Knex,
  last: AttemptRow | undefined,
): Promise<string[]> {
  if (!last?.result || last.ended_at === null) return [];
  const { missed } = JSON.parse(last.result) as KeptResult;
  if (missed.length === 0) return [];
  const opened = await db(tables.lessonReads.name)
    .where({ learner_id: last.learner_id, module_id: last.module_id })
    .where('opened_at', '>=', last.ended_at)
    .select('lesson');
  const since = new Set(opened.map(({ lesson }) => lesson));
  return missed.filter(name => !since.has(name));
}

/** An attempt as its learner sees it. */
export async function toAttempt(
  row: AttemptRow,
  deps: LearnDeps,
): Promise<Attempt> {
  const revision = await deps.library.revision(row.revision_id);
  const { quiz, module, exam, sections } = revision.quiz(row.quiz_id);
  const shown = shownIn(row, revision, deps);
  const answers: Answers = JSON.parse(row.answers);
  const unopened = new Set(module ? await unopenedOf(deps.db, row) : []);
  const passedBefore = await deps
    .db(tables.attempts.name)
    .where({ learner_id: row.learner_id, quiz_id: row.quiz_id, passed: true })
    .where('number', '<', row.number)
    .first('id');
  const kept: KeptResult | null = row.result && JSON.parse(row.result);
  return {
    asOf: iso(deps.now()),
    id: row.id,
    quiz: { id: quiz.id, slug: quiz.slug, title: quiz.title },
    module: module && { slug: module.slug, title: module.title },
    belt: exam && { slug: exam.belt.slug, title: exam.belt.title },
    number: row.number,
    practice: passedBefore !== undefined,
    state: row.ended_at === null ? 'open' : 'ended',
    startedAt: iso(row.started_at),
    deadlineAt: iso(row.deadline_at),
    endedAt: row.ended_at === null ? null : iso(row.ended_at),
    items: shown.items(),
    answers,
    seq: row.seq,
    savedAt: row.saved_at === null ? null : iso(row.saved_at),
    readAs: shown.readAs(answers),
    result: kept && {
      ...kept,
      missed: kept.missed.map(name => ({
        name,
        title: sections.find(section => section.name === name)?.title ?? name,
        opened: !unopened.has(name),
      })),
    },
  };
}
