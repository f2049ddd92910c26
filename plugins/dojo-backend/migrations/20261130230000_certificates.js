// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('status_lists', t => {
    t.comment('Which certificates were taken back, as it is published');
    t.integer('number').primary();
    t.double('signed_at').notNullable();
    t.text('signed').notNullable();
    t.boolean('stale').notNullable();
  });
  await knex.schema.createTable('credentials', t => {
    t.string('id', 64).primary();
    t.string('award_id', 64).notNullable();
    t.integer('edition').notNullable();
    t.string('issuer_url', 512).notNullable();
    t.integer('status_list').notNullable();
    t.integer('status_index').notNullable();
    t.double('issued_at').notNullable();
    t.double('valid_until');
    t.text('signed').notNullable().comment('The certificate, as it was signed');
    t.double('revoked_at');
    t.string('reason', 32).comment('revoked or superseded');
    t.unique(['award_id', 'edition'], { indexName: 'credentials_edition' });
    t.unique(['status_list', 'status_index'], {
      indexName: 'credentials_status',
    });
  });
  await knex.schema.createTable('revocations', t => {
    t.string('id', 64).primary();
    t.string('award_id', 64).notNullable();
    t.text('reason').notNullable();
    t.string('proposed_by', 255).notNullable();
    t.double('proposed_at').notNullable();
    t.string('confirmed_by', 255);
    t.double('confirmed_at');
    t.unique(['award_id'], { indexName: 'revocations_award' });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['revocations', 'credentials', 'status_lists']) {
    await knex.schema.dropTable(table);
  }
};
