import { openKnex, type DatabaseAddress } from './databases';
import type { Knex } from 'knex';

/** Longest text of a statement that is printed. */
const MOST = 4_000;

interface Statement {
  sql: string;
  bindings: unknown[];
}

/**
 * The plans of all statements that a question asks, as Markdown; none where the
 * database has no `explain (analyze, buffers)`.
 */
export async function explain(
  address: DatabaseAddress,
  title: string,
  ask: (db: Knex) => Promise<unknown>,
): Promise<string[]> {
  if (address.dialect !== 'pg') return [];
  const db = openKnex(address);
  try {
    const statements: Statement[] = [];
    const note = (statement: Statement) => statements.push(statement);
    db.on('query', note);
    await ask(db);
    db.removeListener('query', note);
    const lines = ['', `### Plans: ${title}`];
    for (const { sql, bindings } of statements) {
      // The statement is numbered for PostgreSQL already; raw() wants its own marks.
      const text = sql.replace(/\$\d+/g, '?');
      const { rows } = await db.raw(`explain (analyze, buffers) ${text}`, [
        ...(bindings as string[]),
      ]);
      const plan: string[] = rows.map(
        (row: Record<string, string>) => row['QUERY PLAN'],
      );
      lines.push(
        '',
        '```',
        text.replace(/(\?, ){3,}/g, '?, …, ').slice(0, MOST),
        '',
        ...plan.map(line => line.slice(0, 300)),
        '```',
      );
    }
    return lines;
  } finally {
    await db.destroy();
  }
}
