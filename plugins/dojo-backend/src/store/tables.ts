import { defineTable, type RowOf } from '@fawkes/kit-backend/sql';
import { outboxTable } from '@fawkes/kit-backend/work';

/** Every table of the dojo, as the code relies on it. */
export const tables = {
  secrets: defineTable({
    name: 'secrets',
    columns: { name: 'text', value: 'text' },
    keys: ['name'],
  }),
  sources: defineTable({
    name: 'sources',
    columns: {
      id: 'text',
      etag: 'text?',
      curriculum_id: 'text?',
      checked_at: 'double',
      problems: 'text',
    },
    keys: ['id'],
  }),
  curricula: defineTable({
    name: 'curricula',
    columns: { id: 'text', source: 'text', revision_id: 'text' },
    keys: ['id'],
  }),
  revisions: defineTable({
    name: 'revisions',
    columns: {
      id: 'text',
      curriculum_id: 'text',
      version: 'text',
      digest: 'text',
      published_at: 'double',
      content: 'text',
    },
    keys: ['id'],
  }),
  revisionKeys: defineTable({
    name: 'revision_keys',
    columns: { revision_id: 'text', keys: 'text', labs: 'text', files: 'text' },
    keys: ['revision_id'],
  }),
  learners: defineTable({
    name: 'learners',
    columns: { id: 'text', user_ref: 'text', created_at: 'double' },
    keys: ['id'],
  }),
  lessonReads: defineTable({
    name: 'lesson_reads',
    columns: {
      learner_id: 'text',
      module_id: 'text',
      lesson: 'text',
      opened_at: 'double',
      read_at: 'double?',
    },
    keys: ['learner_id', 'module_id', 'lesson'],
  }),
  completions: defineTable({
    name: 'completions',
    columns: {
      learner_id: 'text',
      module_id: 'text',
      version: 'text',
      at: 'double',
    },
    keys: ['learner_id', 'module_id'],
  }),
  locks: defineTable({
    name: 'locks',
    columns: { name: 'text' },
    keys: ['name'],
  }),
  attempts: defineTable({
    name: 'attempts',
    columns: {
      id: 'text',
      learner_id: 'text',
      quiz_id: 'text',
      module_id: 'text',
      revision_id: 'text',
      number: 'int',
      open_key: 'text?',
      started_at: 'double',
      deadline_at: 'double',
      ended_at: 'double?',
      questions: 'text',
      answers: 'text',
      seq: 'int',
      saved_at: 'double?',
      passed: 'bool?',
      result: 'text?',
      forgotten_at: 'double?',
    },
    keys: ['id'],
  }),
  labRuns: defineTable({
    name: 'lab_runs',
    columns: {
      id: 'text',
      learner_id: 'text',
      lab_id: 'text',
      module_id: 'text',
      revision_id: 'text',
      open_key: 'text?',
      nonce: 'text',
      started_at: 'double',
      ends_at: 'double',
      ended_at: 'double?',
      passed_at: 'double?',
      asked_at: 'double?',
      subjects: 'text',
      forgotten_at: 'double?',
    },
    keys: ['id'],
  }),
  labSteps: defineTable({
    name: 'lab_steps',
    columns: {
      run_id: 'text',
      step: 'text',
      answer: 'text?',
      passed: 'text?',
      last: 'text?',
      evidence: 'text?',
    },
    keys: ['run_id', 'step'],
  }),
  labClaims: defineTable({
    name: 'lab_claims',
    columns: { key: 'text', learner_id: 'text' },
    keys: ['key'],
  }),
  countedFacts: defineTable({
    name: 'counted_facts',
    columns: {
      learner_id: 'text',
      type: 'text',
      key: 'text',
      at: 'double',
      fields: 'text',
    },
    keys: ['learner_id', 'type', 'key'],
  }),
  awards: defineTable({
    name: 'awards',
    columns: {
      id: 'text',
      learner_id: 'text',
      curriculum_id: 'text',
      belt_id: 'text',
      belt: 'text',
      generation: 'int',
      awarded_at: 'double',
      fact_at: 'double',
      revision_id: 'text',
      rule_digest: 'text',
      criteria: 'text',
      revoked_at: 'double?',
    },
    keys: ['id'],
  }),
  outbox: outboxTable('outbox'),
  statusLists: defineTable({
    name: 'status_lists',
    columns: {
      number: 'int',
      signed_at: 'double',
      signed: 'text',
      stale: 'bool',
    },
    keys: ['number'],
  }),
  credentials: defineTable({
    name: 'credentials',
    columns: {
      id: 'text',
      award_id: 'text',
      edition: 'int',
      issuer_url: 'text',
      status_list: 'int',
      status_index: 'int',
      issued_at: 'double',
      valid_until: 'double?',
      signed: 'text',
      revoked_at: 'double?',
      reason: 'text?',
    },
    keys: ['id'],
  }),
  revocations: defineTable({
    name: 'revocations',
    columns: {
      id: 'text',
      award_id: 'text',
      reason: 'text',
      proposed_by: 'text',
      proposed_at: 'double',
      confirmed_by: 'text?',
      confirmed_at: 'double?',
    },
    keys: ['id'],
  }),
  looks: defineTable({
    name: 'looks',
    columns: {
      id: 'text',
      learner_id: 'text',
      by_ref: 'text',
      group_ref: 'text',
      at: 'double',
    },
    keys: ['id'],
  }),
  choices: defineTable({
    name: 'choices',
    columns: {
      learner_id: 'text',
      show_belts: 'bool',
      show_name: 'bool',
      changed_at: 'double',
    },
    keys: ['learner_id'],
  }),
  erasures: defineTable({
    name: 'erasures',
    columns: {
      learner_id: 'text',
      asked_at: 'double',
      due_at: 'double',
      keep: 'text',
    },
    keys: ['learner_id'],
  }),
  teamFigures: defineTable({
    name: 'team_figures',
    columns: {
      group_ref: 'text',
      taken_at: 'double',
      hidden: 'text?',
      figures: 'text',
      erased: 'int',
    },
    keys: ['group_ref'],
  }),
  teamPeople: defineTable({
    name: 'team_people',
    columns: { group_ref: 'text', learner_id: 'text' },
    keys: ['group_ref', 'learner_id'],
  }),
};

/** A row of who looked. */
export type LookRow = RowOf<typeof tables.looks>;
/** A row of what people let others see. */
export type ChoicesRow = RowOf<typeof tables.choices>;
/** A row of who asked to be erased. */
export type ErasureRow = RowOf<typeof tables.erasures>;
/** A row of what is said of a group. */
export type TeamFiguresRow = RowOf<typeof tables.teamFigures>;

/** A row of certificates. */
export type CredentialRow = RowOf<typeof tables.credentials>;
/** A row of what two people take back. */
export type RevocationRow = RowOf<typeof tables.revocations>;

/** A row of awards. */
export type AwardRow = RowOf<typeof tables.awards>;
/** A row of attempts. */
export type AttemptRow = RowOf<typeof tables.attempts>;
/** A row of runs. */
export type RunRow = RowOf<typeof tables.labRuns>;
/** A row of steps of runs. */
export type StepRow = RowOf<typeof tables.labSteps>;
/** A row of what was read. */
export type LessonRead = RowOf<typeof tables.lessonReads>;
/** A row of modules that were done. */
export type Completion = RowOf<typeof tables.completions>;
