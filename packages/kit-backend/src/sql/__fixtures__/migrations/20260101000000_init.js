// @ts-check
// As a plugin writes it.
const { createLocks, dropLocks } = require('@fawkes/kit-backend/sql');

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('notes', t => {
    t.string('id').primary();
  });
  await createLocks(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await dropLocks(knex);
  await knex.schema.dropTable('notes');
};
