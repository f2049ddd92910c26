// @ts-check

/**
 * A new deployment changes the verdict on few others; an incident or a mark may
 * change any. Marks of stale services tell them apart.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('dirty_services', t => {
    t.double('judge_from')
      .notNullable()
      .defaultTo(0)
      .comment('Finish from which verdicts are stale; 0 = all of them');
  });
  await knex.raw(
    'create index deployments_failed on deployments (service_ref, at) where failed',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index deployments_failed');
  await knex.schema.alterTable('dirty_services', t => {
    t.dropColumn('judge_from');
  });
};
