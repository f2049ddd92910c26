/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cab_changes', t => {
    t.integer('sample').notNullable().defaultTo(0);
    // What waits for a vote is looked for in the states of review.
    t.index(['state', 'created_at'], 'cab_changes_review');
    t.index(['submitter', 'created_at'], 'cab_changes_submitter');
  });
  await knex.schema.createTable('cab_tiles', t => {
    t.comment('Roots over 256 leaves of the record each, worked out once');
    t.bigInteger('tile').primary();
    t.text('hash').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cab_tiles');
  await knex.schema.alterTable('cab_changes', t => {
    t.dropIndex(['submitter', 'created_at'], 'cab_changes_submitter');
    t.dropIndex(['state', 'created_at'], 'cab_changes_review');
    t.dropColumn('sample');
  });
};
