// @ts-check

/**
 * What other plugins ask of deployments: whose they are, which changed since
 * they last asked, what is news, and the labels they set.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployment_facts', t => {
    t.string('actor', 64).comment('Keyed hash of who set it going');
  });
  await knex.schema.alterTable('deployments', t => {
    t.string('actor', 64).comment('Keyed hash of who set it going');
    t.string('told_parts', 64)
      .notNullable()
      .defaultTo('')
      .comment('SHA-256 of the repositories and shas that were told');
  });
  await knex.raw(
    'create index deployments_actor on deployments (actor, at) where actor is not null',
  );

  await knex.schema.createTable('deployment_changes', t => {
    t.comment(
      'Derived deployments in the order in which they last became another',
    );
    t.string('key', 64).primary();
    t.bigInteger('number').comment('Null until the change is numbered');
  });
  await knex.raw(
    'insert into deployment_changes (key) select key from deployments',
  );
  await knex.raw(
    'create unique index deployment_changes_number on deployment_changes (number) where number is not null',
  );
  await knex.raw(
    'create index deployment_changes_waiting on deployment_changes (key) where number is null',
  );
  await knex.schema.createTable('counters', t => {
    t.comment('The last number that was given out; none is given out twice');
    t.string('name', 64).primary();
    t.bigInteger('value').notNullable();
  });

  await knex.schema.createTable('deployment_news', t => {
    t.comment('Deployments whose fact changed, until other plugins are told');
    t.string('fact_key', 64).notNullable();
    t.string('service_ref', 512).notNullable();
    t.integer('version')
      .notNullable()
      .comment('Raised when it changes again before it is told');
    t.double('since').notNullable();
    t.double('taken_at')
      .notNullable()
      .comment('When somebody began to tell it');
    t.primary(['fact_key', 'service_ref']);
    t.index(['since'], 'deployment_news_since');
  });

  await knex.schema.createTable('labels', t => {
    t.comment('What other plugins say about a deployment; counted nowhere');
    t.string('deployment_key', 64).notNullable();
    t.string('source', 64).notNullable();
    t.string('text', 120).notNullable();
    t.string('url', 2048).notNullable();
    t.string('set_by', 512).notNullable();
    t.double('set_at').notNullable();
    t.primary(['deployment_key', 'source']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'labels',
    'deployment_news',
    'counters',
    'deployment_changes',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.raw('drop index deployments_actor');
  await knex.schema.alterTable('deployments', t => {
    t.dropColumns('actor', 'told_parts');
  });
  await knex.schema.alterTable('deployment_facts', t => {
    t.dropColumn('actor');
  });
};
