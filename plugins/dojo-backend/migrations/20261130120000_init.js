// @ts-check
const { createLocks, dropLocks } = require('@fawkes/kit-backend/sql');

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('secrets', t => {
    t.comment('What chance is made of; one for each use');
    t.string('name', 64).primary();
    t.string('value', 128).notNullable();
  });
  await knex.schema.createTable('sources', t => {
    t.comment('Where curricula come from, and how the last look went');
    t.string('id', 128).primary();
    t.string('etag', 256);
    t.string('curriculum_id', 64);
    t.double('checked_at').notNullable();
    t.text('problems').notNullable();
  });
  await knex.schema.createTable('curricula', t => {
    t.comment('The revision that is shown of each curriculum');
    t.string('id', 64).primary();
    t.string('source', 128).notNullable();
    t.string('revision_id', 64).notNullable();
  });
  await knex.schema.createTable('revisions', t => {
    t.comment('What of a curriculum may be shown, as it was; never changed');
    t.string('id', 64).primary();
    t.string('curriculum_id', 64).notNullable();
    t.string('version', 64).notNullable();
    t.string('digest', 128).notNullable();
    t.double('published_at').notNullable();
    t.text('content').notNullable();
    t.unique(['curriculum_id', 'digest'], { indexName: 'revisions_digest' });
  });
  await knex.schema.createTable('revision_keys', t => {
    t.comment('What grades; no answer of any route is made of it but grades');
    t.string('revision_id', 64).primary();
    t.text('keys').notNullable();
    t.text('files').notNullable();
  });
  await knex.schema.createTable('learners', t => {
    t.comment('People in the dojo, by ids of their own');
    t.string('id', 64).primary();
    t.string('user_ref', 255).notNullable();
    t.double('created_at').notNullable();
    t.unique(['user_ref'], { indexName: 'learners_user_ref' });
  });
  await knex.schema.createTable('lesson_reads', t => {
    t.string('learner_id', 64).notNullable();
    t.string('module_id', 64).notNullable();
    t.string('lesson', 64).notNullable();
    t.double('opened_at').notNullable();
    t.double('read_at');
    t.primary(['learner_id', 'module_id', 'lesson']);
  });
  await knex.schema.createTable('completions', t => {
    t.comment(
      'Modules that were done, with their version; nothing takes one away',
    );
    t.string('learner_id', 64).notNullable();
    t.string('module_id', 64).notNullable();
    t.string('version', 64).notNullable();
    t.double('at').notNullable();
    t.primary(['learner_id', 'module_id']);
  });
  await knex.schema.createTable('attempts', t => {
    t.string('id', 64).primary();
    t.string('learner_id', 64).notNullable();
    t.string('quiz_id', 64).notNullable();
    t.string('module_id', 64).notNullable();
    t.string('revision_id', 64).notNullable();
    t.integer('number').notNullable();
    // One open attempt at a time, whatever happens at once.
    t.string('open_key', 160);
    t.double('started_at').notNullable();
    t.double('deadline_at').notNullable();
    t.double('ended_at');
    t.text('questions').notNullable();
    t.text('answers').notNullable();
    t.integer('seq').notNullable();
    t.double('saved_at');
    t.boolean('passed');
    t.text('result');
    t.unique(['open_key'], { indexName: 'attempts_open' });
    t.index(['learner_id', 'quiz_id'], 'attempts_learner');
  });
  await createLocks(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await dropLocks(knex);
  for (const table of [
    'attempts',
    'completions',
    'lesson_reads',
    'learners',
    'revision_keys',
    'revisions',
    'curricula',
    'sources',
    'secrets',
  ]) {
    await knex.schema.dropTable(table);
  }
};
