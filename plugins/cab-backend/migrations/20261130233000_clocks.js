/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cab_changes', t => {
    t.double('review_since').nullable();
    t.double('review_used').notNullable().defaultTo(0);
    t.integer('clock_step').notNullable().defaultTo(0);
    t.index(['review_since'], 'cab_changes_clock');
  });
  // What is in review now has been since it was moved last.
  await knex('cab_changes')
    .whereIn('state', ['peer_review', 'board_review'])
    .update({ review_since: knex.ref('updated_at') });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('cab_changes', t => {
    t.dropIndex(['review_since'], 'cab_changes_clock');
    t.dropColumn('clock_step');
    t.dropColumn('review_used');
    t.dropColumn('review_since');
  });
};
