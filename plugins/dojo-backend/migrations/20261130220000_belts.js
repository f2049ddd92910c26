// @ts-check
const { createOutbox } = require('@fawkes/kit-backend/work');

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('counted_facts', t => {
    t.comment(
      'What belts count, each once a learner; told by checks that passed',
    );
    t.string('learner_id', 64).notNullable();
    t.string('type', 64).notNullable();
    t.string('key', 64).notNullable();
    t.double('at').notNullable();
    t.text('fields').notNullable();
    t.primary(['learner_id', 'type', 'key']);
  });
  await knex.schema.createTable('awards', t => {
    t.string('id', 64).primary();
    t.string('learner_id', 64).notNullable();
    t.string('curriculum_id', 64).notNullable();
    t.string('belt_id', 64).notNullable();
    t.string('belt', 64).notNullable();
    t.integer('generation').notNullable();
    t.double('awarded_at').notNullable();
    t.double('fact_at').notNullable();
    t.string('revision_id', 64).notNullable();
    t.string('rule_digest', 128).notNullable();
    t.text('criteria').notNullable().comment('What was asked that day, JSON');
    t.double('revoked_at');
    // Once for good, however many evaluations find it at once.
    t.unique(['learner_id', 'curriculum_id', 'belt_id', 'generation'], {
      indexName: 'awards_once',
    });
    t.index(['learner_id'], 'awards_learner');
  });
  await createOutbox(knex, 'outbox');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['outbox', 'awards', 'counted_facts']) {
    await knex.schema.dropTable(table);
  }
};
