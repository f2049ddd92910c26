import { randomBytes, randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { sayDojo, type LabRun } from '@fawkes/backstage-plugin-dojo-common';
import {
  asksOf,
  judgeLab,
  withLook,
  type PublishedCheck,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { TooManyRequestsError } from '@fawkes/kit-backend/http';
import {
  inTransaction,
  insertRows,
  lock,
  sha256,
} from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { awardBelts } from '../belts/award';
import { labsOpenUntil } from '../belts/exams';
import type { FoundLab, Revision } from '../content/library';
import { tables, type RunRow, type StepRow } from '../store/tables';
import { awayError } from './away';
import { completeIfDone } from './completions';
import type { LearnDeps } from './deps';
import { enrol, findLearner, holdLearner } from './learners';
import { lookAt, type Looked, type Looking } from './looks';
import { chooseSubjects } from './needs';
import { CHECK_PAUSE_MS } from './pace';
import { sightingOf, toRun } from './shownRun';

/** A run ends by itself after fourteen days of 24 hours. */
const RUN_MS = 14 * 24 * 3_600_000;

/** Who does a lab: they are there, and look with their own eyes. */
export interface Doer {
  userRef: string;
  credentials: BackstageCredentials;
}

/**
 * Begins a run, or gives back the one that goes on.
 *
 * @throws NotFoundError, and ConflictError saying what the lab needs
 */
export async function startRun(
  { userRef, credentials }: Doer,
  { lab: labId, restart }: { lab: string; restart: boolean },
  deps: LearnDeps,
): Promise<LabRun> {
  const { db, library, now } = deps;
  const revision = await library.showingLab(labId);
  if (!revision) throw saidError(NotFoundError, sayDojo('lab.not_found'));
  const { lab, module, exam } = revision.lab(labId);
  const learner = await enrol(db, userRef, now());
  const going = await openRun(db, learner, labId, now());
  if (going && !restart) return readRun(userRef, going.id, deps);
  const id = randomUUID();
  // Others are asked before the transaction begins: it must not wait for them.
  const who = { userRef, credentials, run: id };
  const { needs, subjects } = await chooseSubjects(
    { lab, revision },
    who,
    deps,
  );
  if (needs.length > 0) {
    const texts = needs.map(({ text }) => text).join('; ');
    throw saidError(ConflictError, sayDojo('lab.needs', { needs: texts }));
  }
  const until = exam
    ? await labsOpenUntil(db, learner, exam.exam.id)
    : Infinity;
  const row = await inTransaction(db, async tx => {
    await holdLearner(tx, learner);
    await lock(tx, [`run ${learner} ${labId}`], 'alone');
    const at = now();
    // A restart brings another sign, and no other window.
    if (at >= until)
      throw saidError(ConflictError, sayDojo('exam.labs_closed'));
    const open = await openRun(tx, learner, labId, at);
    // Somebody pressed twice: the second press is the same run.
    if (open && open.id !== going?.id) return open;
    await tx(tables.labRuns.name)
      .where({ learner_id: learner, lab_id: labId })
      .whereNotNull('open_key')
      .update({ open_key: null, ended_at: at });
    const fresh: RunRow = {
      id,
      learner_id: learner,
      lab_id: labId,
      // Of an exam, what it is of is a belt.
      module_id: module?.id ?? exam!.belt.id,
      revision_id: revision.id,
      open_key: `${learner} ${labId}`,
      nonce: randomBytes(10).toString('hex'),
      started_at: at,
      ends_at: Math.min(at + RUN_MS, until),
      ended_at: null,
      passed_at: null,
      asked_at: null,
      subjects: JSON.stringify(subjects),
      forgotten_at: null,
    };
    await insertRows(tx, tables.labRuns, [fresh]);
    return fresh;
  });
  return readRun(userRef, row.id, deps);
}

/** The run of a learner that goes on. */
async function openRun(
  db: Knex,
  learner: string,
  lab: string,
  at: number,
): Promise<RunRow | undefined> {
  return db(tables.labRuns.name)
    .where({ open_key: `${learner} ${lab}` })
    .where('ends_at', '>', at)
    .first();
}

/** One run of the caller. */
export async function readRun(
  userRef: string,
  id: string,
  deps: LearnDeps,
): Promise<LabRun> {
  const { row, revision } = await ownRun(userRef, id, deps);
  return showRun(row, revision, deps);
}

/** The learner's last run of a lab. */
export async function lastRun(
  learner: string | undefined,
  lab: string,
  deps: LearnDeps,
): Promise<LabRun | null> {
  if (learner === undefined) return null;
  const row: RunRow | undefined = await deps
    .db(tables.labRuns.name)
    .where({ learner_id: learner, lab_id: lab })
    .orderBy('started_at', 'desc')
    .first();
  if (!row) return null;
  return showRun(row, await deps.library.revision(row.revision_id), deps);
}

/**
 * Looks now at every step that has not passed. What passes is kept, whatever
 * else happens; what is away is nobody's failure.
 *
 * @throws NotFoundError, ConflictError, InputError, TooManyRequestsError, AwayError
 */
export async function checkRun(
  { userRef, credentials }: Doer,
  id: string,
  answers: ReadonlyArray<{ step: string; text: string }>,
  deps: LearnDeps,
): Promise<LabRun> {
  const { db, now } = deps;
  const { row, revision } = await ownRun(userRef, id, deps);
  const found = revision.lab(row.lab_id);
  const { lab } = found;
  const at = now();
  refuseEnded(row, at);
  refuseStrange(answers, found, revision);
  const steps = await inTransaction(db, async tx => {
    await holdLearner(tx, row.learner_id);
    await lock(tx, [`run ${row.learner_id} ${row.lab_id}`], 'alone');
    await refuseSoon(tx, row, at);
    await tx(tables.labRuns.name).where({ id }).update({ asked_at: at });
    await insertRows(
      tx,
      tables.labSteps,
      answers.map(({ step, text }) => ({
        ...freshStep(id, step),
        answer: text,
      })),
      { update: ['answer'] },
    );
    return stepsOf(tx, id);
  });
  const looking = await lookingOf(
    row,
    { found, revision, doer: { userRef, credentials } },
    new Map(
      [...steps.values()].flatMap(({ step, answer }) =>
        answer === null ? [] : [[step, answer] as const],
      ),
    ),
    at,
    deps,
  );
  const open = lab.checks.filter(
    ({ id: step }) => lab.simultaneous || !sightingOf(steps.get(step)).passed,
  );
  const seen = await Promise.all(
    open.map(check => lookAt(check, looking, deps)),
  );
  const looks = seen.flatMap(each => ('away' in each ? [] : [each]));
  await keep(row, found, looks, deps);
  const away = seen.find(each => 'away' in each);
  if (away && 'away' in away) throw awayError(away.away);
  return readRun(userRef, id, deps);
}

/** Notes that somebody opened the page of a step. */
export async function visitStep(
  doer: Doer,
  id: string,
  step: string,
  deps: LearnDeps,
): Promise<LabRun> {
  const { row, revision } = await ownRun(doer.userRef, id, deps);
  const at = deps.now();
  refuseEnded(row, at);
  const found = revision.lab(row.lab_id);
  const check = found.lab.checks.find(each => each.id === step);
  if (check?.type !== 'visited') {
    throw saidError(InputError, sayDojo('step.no_visit'));
  }
  const { params } = revision.step(row.lab_id, step);
  const opened = new Map([[step, String(params.path)]]);
  const around = { found, revision, doer };
  const looking = await lookingOf(row, around, opened, at, deps);
  const looked = await lookAt(check, looking, deps);
  if ('away' in looked) throw awayError(looked.away);
  await keep(row, found, [looked], deps);
  return readRun(doer.userRef, id, deps);
}

async function lookingOf(
  row: RunRow,
  {
    found,
    revision,
    doer,
  }: { found: FoundLab; revision: Revision; doer: Doer },
  answers: ReadonlyMap<string, string>,
  at: number,
  { db }: LearnDeps,
): Promise<Looking> {
  const learner = await db(tables.learners.name)
    .where({ id: row.learner_id })
    .first('created_at');
  return {
    lab: found.lab,
    revision,
    learner: doer.userRef,
    credentials: doer.credentials,
    enrolledAt: learner.created_at,
    startedAt: row.started_at,
    nonce: row.nonce,
    subjects: JSON.parse(row.subjects),
    answers,
    at,
  };
}

/** Adds what was seen to what is known, and passes the lab where that is enough. */
async function keep(
  { id, learner_id: learner, lab_id: labId }: RunRow,
  { lab, module }: FoundLab,
  looks: readonly Looked[],
  { db, library, now }: LearnDeps,
): Promise<void> {
  const shelves = await library.shelves();
  await inTransaction(db, async tx => {
    await holdLearner(tx, learner);
    await lock(tx, [`run ${learner} ${labId}`], 'alone');
    const run: RunRow = await tx(tables.labRuns.name).where({ id }).first();
    const steps = await stepsOf(tx, id);
    for (const looked of looks) {
      const before = steps.get(looked.step) ?? freshStep(id, looked.step);
      const after = await withLooked(tx, before, looked, learner);
      steps.set(looked.step, after);
      await insertRows(tx, tables.labSteps, [after], {
        update: ['passed', 'last', 'evidence'],
      });
    }
    const sightings = new Map(
      [...steps].map(([step, row]) => [step, sightingOf(row)]),
    );
    const { passedAt } = judgeLab(lab, sightings, run.passed_at);
    await countFacts(tx, learner, looks, sightings);
    if (passedAt === null) {
      // Points of an exam's lab count before it has passed.
      await awardBelts(tx, learner, shelves, now());
      return;
    }
    const isWhole = lab.checks.every(step => sightings.get(step.id)?.passed);
    await tx(tables.labRuns.name)
      .where({ id })
      .update({
        passed_at: passedAt,
        ...(isWhole && { ended_at: passedAt, open_key: null }),
      });
    if (module) await completeIfDone(tx, learner, module, passedAt);
    await awardBelts(tx, learner, shelves, now());
  });
}

/** Writes down what belts count, of steps that have passed. */
async function countFacts(
  tx: Knex.Transaction,
  learner: string,
  looks: readonly Looked[],
  sightings: ReadonlyMap<string, ReturnType<typeof sightingOf>>,
): Promise<void> {
  const counted = looks.flatMap(({ step, counts }) =>
    sightings.get(step)?.passed ? counts : [],
  );
  await insertRows(
    tx,
    tables.countedFacts,
    counted.map(({ type, key, at, fields }) => ({
      learner_id: learner,
      type,
      key: sha256(key),
      at: at.getTime(),
      fields: JSON.stringify(fields ?? {}),
    })),
    'keep',
  );
}

/** A step with one look more; a fact that serves somebody else passes nothing. */
async function withLooked(
  tx: Knex.Transaction,
  row: StepRow,
  { look, evidence, claim }: Looked,
  learner: string,
): Promise<StepRow> {
  const known = sightingOf(row);
  const taken = claim !== null && !(await isOurs(tx, claim, learner));
  const next = withLook(
    known,
    taken ? { ...look, verdict: 'fail', why: sayDojo('check.taken') } : look,
  );
  const isFirst = next.passed !== known.passed && evidence !== null;
  return {
    ...row,
    passed: next.passed && JSON.stringify(next.passed),
    last: next.last && JSON.stringify(next.last),
    evidence: isFirst ? JSON.stringify(evidence) : row.evidence,
  };
}

async function isOurs(
  tx: Knex.Transaction,
  key: string,
  learner: string,
): Promise<boolean> {
  await insertRows(
    tx,
    tables.labClaims,
    [{ key, learner_id: learner }],
    'keep',
  );
  const claim = await tx(tables.labClaims.name).where({ key }).first();
  return claim.learner_id === learner;
}

async function ownRun(
  userRef: string,
  id: string,
  { db, library }: LearnDeps,
): Promise<{ row: RunRow; revision: Revision }> {
  const learner = await findLearner(db, userRef);
  const row: RunRow | undefined = await db(tables.labRuns.name)
    .where({ id, learner_id: learner ?? '' })
    .first();
  // Whose it is decides, and nothing a policy says.
  if (!row) throw saidError(NotFoundError, sayDojo('run.not_found'));
  return { row, revision: await library.revision(row.revision_id) };
}

async function showRun(
  row: RunRow,
  revision: Revision,
  deps: LearnDeps,
): Promise<LabRun> {
  const asked = await lastAsked(deps.db, row);
  const steps = await stepsOf(deps.db, row.id);
  return toRun({ row, revision, steps, asked, now: deps.now() });
}

async function stepsOf(db: Knex, run: string): Promise<Map<string, StepRow>> {
  const rows: StepRow[] = await db(tables.labSteps.name).where({ run_id: run });
  return new Map(rows.map(row => [row.step, row]));
}

function freshStep(run: string, step: string): StepRow {
  return {
    run_id: run,
    step,
    answer: null,
    passed: null,
    last: null,
    evidence: null,
  };
}

/** When the learner had this lab looked at last, in whichever run. */
async function lastAsked(
  db: Knex,
  { learner_id: learner, lab_id: lab }: RunRow,
): Promise<number | null> {
  const row = await db(tables.labRuns.name)
    .where({ learner_id: learner, lab_id: lab })
    .max({ at: 'asked_at' })
    .first();
  return row?.at ?? null;
}

function refuseEnded(row: RunRow, at: number): void {
  if (row.ended_at === null && at < row.ends_at) return;
  throw saidError(ConflictError, sayDojo('run.ended'));
}

function refuseStrange(
  answers: ReadonlyArray<{ step: string }>,
  { lab }: FoundLab,
  revision: Revision,
): void {
  const asked = new Set(
    lab.checks.flatMap(({ id, type }: PublishedCheck) =>
      asksOf(type, revision.step(lab.id, id).params) ? [id] : [],
    ),
  );
  for (const [index, { step }] of answers.entries()) {
    if (!asked.has(step)) {
      throw saidError(InputError, sayDojo('step.unknown'));
    }
    if (answers.findIndex(each => each.step === step) !== index) {
      throw saidError(InputError, sayDojo('answer.twice'));
    }
  }
}

async function refuseSoon(
  tx: Knex.Transaction,
  row: RunRow,
  at: number,
): Promise<void> {
  const asked = await lastAsked(tx, row);
  const left = asked === null ? 0 : asked + CHECK_PAUSE_MS - at;
  if (left <= 0) return;
  const count = Math.ceil(left / 1_000);
  class SoonError extends TooManyRequestsError {
    constructor(message: string) {
      super(message, count);
    }
  }
  throw saidError(SoonError, sayDojo('run.soon', { count }));
}
