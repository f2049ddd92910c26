// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cab_evidence_uploads', t => {
    t.comment(
      'Bytes that were received; without a digest until all of them are there',
    );
    t.text('id').primary();
    t.double('at').notNullable();
    t.text('sha256').unique({ indexName: 'cab_evidence_uploads_sha256' });
    t.integer('size').notNullable();
    t.index(['at'], 'cab_evidence_uploads_at');
  });
  await knex.schema.createTable('cab_evidence_chunks', t => {
    t.text('upload').notNullable();
    t.integer('part').notNullable();
    t.binary('bytes').notNullable();
    t.primary(['upload', 'part']);
  });
  await knex.schema.createTable('cab_evidence', t => {
    t.comment(
      'Pieces of evidence of change requests, and in which revisions they are',
    );
    t.text('id').primary();
    t.text('change_id').notNullable();
    t.text('kind').notNullable();
    t.text('sha256').notNullable();
    t.integer('size').notNullable();
    t.text('media_type').notNullable();
    t.text('state').notNullable();
    t.text('why');
    t.text('says');
    t.text('producer').notNullable();
    t.text('subject');
    t.double('produced_at').notNullable();
    t.double('received_at').notNullable();
    t.integer('from_revision');
    t.integer('to_revision');
    t.integer('waiting').notNullable();
    t.unique(['change_id', 'kind', 'sha256'], {
      indexName: 'cab_evidence_piece',
    });
    t.index(['sha256'], 'cab_evidence_sha256');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cab_evidence');
  await knex.schema.dropTable('cab_evidence_chunks');
  await knex.schema.dropTable('cab_evidence_uploads');
};
