// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('looks', t => {
    t.comment('Who looked at what a person has done');
    t.string('id', 64).primary();
    t.string('learner_id', 64).notNullable();
    t.string('by_ref', 255).notNullable();
    t.string('group_ref', 255).notNullable();
    t.double('at').notNullable();
    t.index(['learner_id', 'at'], 'looks_learner');
    t.index(['at'], 'looks_at');
  });
  await knex.schema.createTable('choices', t => {
    t.comment('What people let others see; without a row nothing');
    t.string('learner_id', 64).primary();
    t.boolean('show_belts').notNullable();
    t.boolean('show_name').notNullable();
    t.double('changed_at').notNullable();
  });
  await knex.schema.createTable('erasures', t => {
    t.comment('Who asked to be erased, until it is done');
    t.string('learner_id', 64).primary();
    t.double('asked_at').notNullable();
    t.double('due_at').notNullable();
    t.text('keep').notNullable().comment('Certificates that stay valid, JSON');
    t.index(['due_at'], 'erasures_due');
  });
  await knex.schema.createTable('team_figures', t => {
    t.comment('What is said of groups, and nothing of anybody in them');
    t.string('group_ref', 255).primary();
    t.double('taken_at').notNullable();
    t.string('hidden', 16).comment('Why nothing is said');
    t.text('figures').notNullable();
    t.integer('erased')
      .notNullable()
      .comment('People erased since, by whom two figures would differ');
  });
  await knex.schema.createTable('team_people', t => {
    t.comment('Who was counted, so that one person more tells nothing');
    t.string('group_ref', 255).notNullable();
    t.string('learner_id', 64).notNullable();
    t.primary(['group_ref', 'learner_id']);
    t.index(['learner_id'], 'team_people_learner');
  });
  for (const table of ['attempts', 'lab_runs']) {
    await knex.schema.alterTable(table, t => {
      // When what was answered or seen was forgotten; how it ended is kept.
      t.double('forgotten_at');
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['lab_runs', 'attempts']) {
    await knex.schema.alterTable(table, t => {
      t.dropColumn('forgotten_at');
    });
  }
  for (const table of [
    'team_people',
    'team_figures',
    'erasures',
    'choices',
    'looks',
  ]) {
    await knex.schema.dropTable(table);
  }
};
