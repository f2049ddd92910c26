import { defineTable, type RowOf } from '@fawkes/kit-backend/sql';

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
    columns: { revision_id: 'text', keys: 'text', files: 'text' },
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
    },
    keys: ['id'],
  }),
};

/** A row of attempts. */
export type AttemptRow = RowOf<typeof tables.attempts>;
/** A row of what was read. */
export type LessonRead = RowOf<typeof tables.lessonReads>;
/** A row of modules that were done. */
export type Completion = RowOf<typeof tables.completions>;
