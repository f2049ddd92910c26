// @ts-check

/**
 * Incidents that name another cause than before are linked where everything
 * else is derived; until then their keys wait here.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('dirty_incidents', t => {
    t.comment('Incidents to link to the cause they name');
    t.string('incident_key', 64).primary();
    t.double('since').notNullable();
    t.index(['since'], 'dirty_incidents_since');
  });
};

/**
 * What waits is not lost: whoever derives the services from their beginning
 * links their incidents as well.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('dirty_incidents');
};
