// @ts-check

/**
 * Incidents that name a repository instead of a service: what the sender said
 * is kept beside the service that was found.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('incidents', t => {
    t.string('sent_service', 512);
    t.string('repository', 700);
    t.index(['repository'], 'incidents_repository');
  });
  await knex('incidents').update('sent_service', knex.ref('service'));
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('incidents').update('service', knex.ref('sent_service'));
  await knex.schema.alterTable('incidents', t => {
    t.dropIndex(['repository'], 'incidents_repository');
    t.dropColumn('repository');
    t.dropColumn('sent_service');
  });
};
