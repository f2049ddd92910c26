// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cab_exceptions', t => {
    t.comment(
      'Exceptions: what was asked for, who decided, and when each ends. Texts are with those of the record',
    );
    t.text('id').primary();
    t.text('entity_ref').notNullable();
    t.text('entity_title').notNullable();
    t.text('owner_ref');
    t.text('environment').notNullable();
    t.text('waives').notNullable();
    t.text('finding');
    t.double('starts_at').notNullable();
    t.double('expires_at').notNullable();
    t.text('requester').notNullable();
    t.text('asker').notNullable();
    t.double('requested_at').notNullable();
    t.text('request_event').notNullable();
    t.integer('extension').notNullable();
    t.text('state').notNullable();
    t.text('decided_by');
    t.text('decider');
    t.double('decided_at');
    t.text('decision_event');
    t.text('ended_by');
    t.double('ended_at');
    t.text('end_event');
    t.double('closed_at');
    t.integer('reminded').notNullable();
    t.text('open_key').unique({ indexName: 'cab_exceptions_open_key' });
    t.integer('event_count').notNullable();
    t.text('event_leaf').notNullable();
    t.index(['entity_ref', 'environment'], 'cab_exceptions_scope');
    t.index(['requested_at', 'id'], 'cab_exceptions_newest');
    t.index(['closed_at', 'expires_at'], 'cab_exceptions_ends');
  });
  await knex.schema.alterTable('cab_evidence', t => {
    t.text('exception_id');
    t.index(['exception_id'], 'cab_evidence_exception');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('cab_evidence').whereNotNull('exception_id').delete();
  await knex.schema.alterTable('cab_evidence', t => {
    t.dropIndex(['exception_id'], 'cab_evidence_exception');
    t.dropColumn('exception_id');
  });
  await knex.schema.dropTable('cab_exceptions');
};
