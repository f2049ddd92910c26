// @ts-check

/**
 * What is derived again is what happened from some instant on. Deployments that
 * name no service are found by their repository: that index has to know when,
 * or it hands out a repository's whole history each time. The same for the
 * deployments a service is known to have.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployment_parts', t => {
    t.double('at')
      .notNullable()
      .defaultTo(0)
      .comment('finished_at, else started_at, else occurred_at of the fact');
  });
  await knex.raw(`
    update deployment_parts set at = coalesce((
      select coalesce(finished_at, started_at, occurred_at) from deployment_facts
      where deployment_facts.fact_key = deployment_parts.fact_key), 0)`);
  await knex.schema.alterTable('deployment_parts', t => {
    t.index(['repository', 'at'], 'deployment_parts_time');
  });
  await knex.raw(
    'create index deployments_counted on deployments (service_ref, source, at) where production and reached',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index deployments_counted');
  await knex.schema.alterTable('deployment_parts', t => {
    t.dropIndex(['repository', 'at'], 'deployment_parts_time');
    t.dropColumn('at');
  });
};
