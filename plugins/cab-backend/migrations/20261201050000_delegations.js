// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cab_delegations', t => {
    t.comment('Who of the board votes for whom, and when');
    t.text('id').primary();
    t.text('from_ref').notNullable();
    t.text('to_ref').notNullable();
    t.double('starts_at').notNullable();
    t.double('ends_at').notNullable();
    t.double('at').notNullable();
    t.text('request_event').notNullable();
    t.text('ended_by');
    t.double('ended_at');
    t.integer('event_count').notNullable();
    t.text('event_leaf').notNullable();
    t.index(['ends_at'], 'cab_delegations_ends');
  });
  await knex.schema.alterTable('cab_votes', t => {
    t.text('cast_by');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('cab_votes', t => {
    t.dropColumn('cast_by');
  });
  await knex.schema.dropTable('cab_delegations');
};
