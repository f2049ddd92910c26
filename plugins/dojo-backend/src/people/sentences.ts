import { sayDojo, type MineKind } from '@fawkes/backstage-plugin-dojo-common';
import type { Said } from '@fawkes/kit-contract';
import type {
  AttemptRow,
  AwardRow,
  ChoicesRow,
  Completion,
  CredentialRow,
  ErasureRow,
  LessonRead,
  LookRow,
  RevocationRow,
  RunRow,
  StepRow,
} from '../store/tables';
import type { Me } from './me';
import { beltTitleOf, type Names } from './names';

/** A row in words, and when it was written. */
export interface Told {
  at: number | null;
  said: Said;
}

type Teller<R = any> = (row: R, names: Names, me: Me) => Told;

/** How rows of each kind are told to whom they are about. */
export const sentences: Readonly<Record<MineKind, Teller>> = {
  learner: ({ created_at: at, user_ref: person }) => ({
    at,
    said: sayDojo('mine.learner', { person }),
  }),
  lesson: (row: LessonRead, names) => {
    const module = names.module(row.module_id);
    const lesson = names.lesson(row.module_id, row.lesson);
    return row.read_at === null
      ? { at: row.opened_at, said: sayDojo('mine.opened', { lesson, module }) }
      : { at: row.read_at, said: sayDojo('mine.read', { lesson, module }) };
  },
  attempt: (row: AttemptRow, names) => {
    const which = { number: row.number, quiz: names.quiz(row.quiz_id) };
    return { at: row.started_at, said: attempted(row, which) };
  },
  run: (row: RunRow, names) => {
    const lab = names.lab(row.lab_id);
    return {
      at: row.started_at,
      said:
        row.passed_at === null
          ? sayDojo('mine.run_not_yet', { lab })
          : sayDojo('mine.run_passed', { lab }),
    };
  },
  step: (row: StepRow, names) => {
    const which = { step: row.step, lab: names.labOfRun(row.run_id) };
    return {
      at: null,
      said: row.passed
        ? sayDojo('mine.step_passed', which)
        : sayDojo('mine.step_not_yet', which),
    };
  },
  claim: () => ({ at: null, said: sayDojo('mine.claim') }),
  completion: (row: Completion, names) => ({
    at: row.at,
    said: sayDojo('mine.completion', {
      module: names.module(row.module_id),
      version: row.version,
    }),
  }),
  counted: ({ at, type }) => ({ at, said: sayDojo('mine.counted', { type }) }),
  award: (row: AwardRow) => {
    const belt = beltTitleOf(row);
    return {
      at: row.awarded_at,
      said:
        row.revoked_at === null
          ? sayDojo('mine.award', { belt })
          : sayDojo('mine.award_revoked', { belt }),
    };
  },
  credential: (row: CredentialRow) => ({
    at: row.issued_at,
    said:
      row.revoked_at === null
        ? sayDojo('mine.credential', { id: row.id })
        : sayDojo('mine.credential_revoked', { id: row.id }),
  }),
  revocation: (row: RevocationRow, names) => {
    const belt = names.beltOfAward(row.award_id);
    return {
      at: row.proposed_at,
      said: belt
        ? sayDojo('mine.revocation', { belt, reason: row.reason })
        : sayDojo('mine.decision'),
    };
  },
  message: ({ put_at: at, kind }) => ({
    at,
    said: sayDojo('mine.message', { kind }),
  }),
  lock: () => ({ at: null, said: sayDojo('mine.lock') }),
  team: ({ group_ref: group }) => ({
    at: null,
    said: sayDojo('mine.team', { group }),
  }),
  look: (row: LookRow, _, { learner }) => {
    const group = row.group_ref;
    return {
      at: row.at,
      said:
        row.learner_id === learner
          ? sayDojo('mine.look', { by: row.by_ref, group })
          : sayDojo('mine.looked', { group }),
    };
  },
  choices: ({ changed_at: at }: ChoicesRow) => ({
    at,
    said: sayDojo('mine.choices'),
  }),
  erasure: ({ asked_at: at }: ErasureRow) => ({
    at,
    said: sayDojo('mine.erasure', {
      day: new Date(at).toISOString().slice(0, 10),
    }),
  }),
};

function attempted(
  { ended_at: endedAt, passed }: AttemptRow,
  which: { number: number; quiz: string },
): Said {
  if (endedAt === null) return sayDojo('mine.attempt_open', which);
  // Of an exam nobody can say: its labs count too.
  if (passed === null) return sayDojo('mine.attempt_exam', which);
  return passed
    ? sayDojo('mine.attempt_passed', which)
    : sayDojo('mine.attempt_not_yet', which);
}
