// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('notes', t => {
    t.string('id', 64).primary();
    t.string('title', 512).notNullable();
    t.double('at').notNullable();
    t.index(['at'], 'notes_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('notes');
};
