/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cab_changes', t => {
    t.text('traits').nullable();
  });
  await knex.schema.alterTable('cab_allows', t => {
    t.double('spent_at').nullable();
  });
  await knex.schema.createTable('cab_deployments', t => {
    t.comment(
      'Deployments that delivery told of, and whether somebody allowed them',
    );
    t.text('key').primary();
    t.text('entity_ref').notNullable();
    t.text('entity_title').notNullable();
    t.text('environment').notNullable();
    t.text('sha').nullable();
    t.text('artifact').nullable();
    t.text('status').notNullable();
    t.double('started_at').nullable();
    t.double('seen_at').notNullable();
    t.text('verdict').notNullable();
    t.text('change_id').nullable();
    t.text('label').nullable();
    t.double('labelled_at').nullable();
    // What waits for news, and what delivery is still to be told.
    t.index(['verdict', 'seen_at'], 'cab_deployments_verdict');
    t.index(['labelled_at'], 'cab_deployments_labelled');
  });
  await knex.schema.createTable('cab_cursors', t => {
    t.comment('How far what other plugins tell was read');
    t.text('name').primary();
    t.text('value').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cab_cursors');
  await knex.schema.dropTable('cab_deployments');
  await knex.schema.alterTable('cab_allows', t => {
    t.dropColumn('spent_at');
  });
  await knex.schema.alterTable('cab_changes', t => {
    t.dropColumn('traits');
  });
};
