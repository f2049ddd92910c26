// @ts-check

/**
 * What bounds took from messages that were taken all the same.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('inbox', t => {
    t.integer('clipped_texts')
      .notNullable()
      .defaultTo(0)
      .comment('Texts for people that were too long');
    t.integer('unknown_lists')
      .notNullable()
      .defaultTo(0)
      .comment('Lists that were too long: what they say is unknown');
  });
  await knex.raw(
    `create index inbox_shortened on inbox (source)
      where clipped_texts > 0 or unknown_lists > 0`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index inbox_shortened');
  await knex.schema.alterTable('inbox', t => {
    t.dropColumns('clipped_texts', 'unknown_lists');
  });
};
