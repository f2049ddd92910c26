// @ts-check

/**
 * A year of everything is read by month. Of the days only their deployments are
 * needed then, so these get a column that is read without the rest.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollup_months', t => {
    t.comment('Derived: sums of rollup_days');
    t.string('month', 7).notNullable();
    t.string('unit', 16).notNullable();
    t.text('tally').notNullable();
    t.primary(['unit', 'month']);
  });
  await knex.schema.alterTable('rollup_days', t => {
    t.integer('deployments').notNullable().defaultTo(0);
  });
  const months = new Map();
  for (const { unit, day, tally } of await knex('rollup_days').orderBy('day')) {
    const own = JSON.parse(tally);
    await knex('rollup_days')
      .where({ unit, day })
      .update({ deployments: own.d ?? 0 });
    const key = `${unit} ${day.slice(0, 7)}`;
    months.set(key, added(months.get(key), own));
  }
  for (const [key, tally] of months) {
    const [unit, month] = key.split(' ');
    await knex('rollup_months').insert({
      unit,
      month,
      tally: JSON.stringify(tally),
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollup_days', t => {
    t.dropColumn('deployments');
  });
  await knex.schema.dropTable('rollup_months');
};

/**
 * The sum of two tallies as they were kept at the time of this migration: all
 * they hold are numbers that add up, in lists and under names.
 *
 * @param {any} one
 * @param {any} other
 * @returns {any}
 */
function added(one, other) {
  if (one === undefined) return other;
  if (other === undefined) return one;
  if (typeof one === 'number') return one + other;
  if (Array.isArray(one)) return one.map((value, i) => added(value, other[i]));
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map(name => [name, added(one[name], other[name])]),
  );
}
