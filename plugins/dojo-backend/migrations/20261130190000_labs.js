// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('revision_keys', t => {
    // What checks look for; revisions of before have no labs.
    t.text('labs').notNullable().defaultTo('{}');
  });
  await knex.schema.createTable('lab_runs', t => {
    t.string('id', 64).primary();
    t.string('learner_id', 64).notNullable();
    t.string('lab_id', 64).notNullable();
    t.string('module_id', 64).notNullable();
    t.string('revision_id', 64).notNullable();
    // One open run at a time, whatever happens at once.
    t.string('open_key', 160);
    t.string('nonce', 64).notNullable();
    t.double('started_at').notNullable();
    t.double('ends_at').notNullable();
    t.double('ended_at');
    t.double('passed_at');
    t.double('asked_at');
    t.text('subjects').notNullable();
    t.unique(['open_key'], { indexName: 'lab_runs_open' });
    t.unique(['nonce'], { indexName: 'lab_runs_nonce' });
    t.index(['learner_id', 'lab_id'], 'lab_runs_learner');
  });
  await knex.schema.createTable('lab_steps', t => {
    t.comment(
      'What was seen of each step of a run; a pass is never taken back',
    );
    t.string('run_id', 64).notNullable();
    t.string('step', 64).notNullable();
    t.text('answer');
    t.text('passed');
    t.text('last');
    t.text('evidence');
    t.primary(['run_id', 'step']);
  });
  await knex.schema.createTable('lab_claims', t => {
    t.comment('Facts that serve one learner only, as digests');
    t.string('key', 64).primary();
    t.string('learner_id', 64).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lab_claims');
  await knex.schema.dropTable('lab_steps');
  await knex.schema.dropTable('lab_runs');
  await knex.schema.alterTable('revision_keys', t => {
    t.dropColumn('labs');
  });
};
