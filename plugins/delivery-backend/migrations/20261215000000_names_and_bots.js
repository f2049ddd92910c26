// @ts-check

/**
 * Names that repositories had, and what the bots are called that make changes.
 *
 * Derived rows are made anew (`RULES_VERSION`); the names of bots are read again
 * out of what the inbox still keeps.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const table of ['commits', 'pull_requests']) {
    await knex.schema.alterTable(table, t => {
      t.string('bot_name', 200).comment('What the machine is called');
    });
  }
  await knex.schema.createTable('repository_names', t => {
    t.comment('Derived: names that are, or were, those of another repository');
    t.string('name', 600).notNullable();
    t.double('from_at').notNullable().comment('From when on it meant that');
    t.string('repository', 600)
      .notNullable()
      .comment('What facts told under the name are kept under');
    t.primary(['name', 'from_at']);
    t.index(['repository'], 'repository_names_repository');
  });
  if (await knex('inbox').first('id')) {
    await knex('derived_settings')
      .insert({ name: 'upgrade', value: '0' })
      .onConflict('name')
      .merge();
  }
};

/** Facts that are under several names are under one from now on. */
const KEYS = {
  commits: ['repository', 'sha'],
  pushes: ['fact_key'],
  pull_requests: ['repository', 'number'],
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [table, keys] of Object.entries(KEYS)) {
    await forgetNames(knex, table, keys);
  }
  await knex('other_facts').where('type', 'repository').delete();
  await knex.schema.dropTable('repository_names');
  for (const table of ['commits', 'pull_requests']) {
    await knex.schema.alterTable(table, t => {
      t.dropColumn('bot_name');
    });
  }
};

/**
 * Before, a state knew nothing of names: what a source told of a fact under
 * several is what it told under the name of today, else under the first of the
 * others.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string[]} keys
 */
async function forgetNames(knex, table, keys) {
  for (;;) {
    const rows = await knex(table)
      .where('state', 'like', '%"r":"%')
      .limit(1_000)
      .select(...keys, 'state');
    for (const { state, ...key } of rows) {
      const { m } = JSON.parse(state);
      /** @type {Record<string, unknown>} */
      const told = {};
      for (const teller of Object.keys(m).sort()) {
        const [source] = teller.split('\0');
        told[source] ??= m[teller];
      }
      await knex(table)
        .where(key)
        .update({ state: JSON.stringify({ m: told }) });
    }
    if (rows.length === 0) return;
  }
}
