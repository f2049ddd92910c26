import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { startPostgres } from './postgres.mjs';
import { fromRoot } from './paths.mjs';
import { Problem } from './problem.mjs';
import { prepare } from './prepare.mjs';
import { progress } from './say.mjs';
import { runTypeScript } from './typeScript.mjs';

/** `bench/delivery.ts` is the family "delivery"; helpers live in folders below. */
export async function familiesIn(folder) {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => /\.ts$/.test(name) && !/\.(d|test)\.ts$/.test(name))
    .map(name => name.replace(/\.ts$/, ''))
    .sort();
}

/**
 * Runs `<kind>/<family>.ts` beside a PostgreSQL 18 of its own, whose address it finds in `FAWKES_PG`. Everything after
 * the family's name is handed on to it.
 */
export async function runFamily(kind, [family, ...args], postgresOptions) {
  const folder = fromRoot(kind);
  const families = await familiesIn(folder);
  if (!family || family.startsWith('-')) {
    console.log(`Usage: yarn ${kind} <family> [options of the family]`);
    console.log(`Families: ${families.join(', ') || 'none yet'}`);
    return family === '--help' || !family ? 0 : 2;
  }
  if (!families.includes(family) || !existsSync(folder)) {
    throw new Problem(`There is no ${kind}/${family}.ts.`, [
      `Families: ${families.join(', ') || 'none yet'}`,
    ]);
  }

  const tools = await prepare();
  const bar = progress('Starting PostgreSQL 18');
  const postgres = await startPostgres(postgresOptions);
  bar.done('PostgreSQL 18 is running');
  const code = await runTypeScript(tools, fromRoot(kind, family), args, {
    FAWKES_PG: postgres.connectionString,
  });
  await postgres.stop();
  return code;
}
