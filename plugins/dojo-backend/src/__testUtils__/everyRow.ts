import { isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** A row of some table. */
export interface FoundRow {
  table: string;
  row: Record<string, unknown>;
}

/** Every row of every table there is, also of those that no code names. */
export async function everyRow(db: Knex): Promise<FoundRow[]> {
  const named = await rawRows<{ name: string }>(
    db,
    isPostgres(db)
      ? "select table_name as name from information_schema.tables where table_schema = 'public'"
      : "select name from sqlite_master where type = 'table'",
    [],
  );
  const found: FoundRow[] = [];
  for (const { name: table } of named) {
    // Of knex and of SQLite, which know of migrations only.
    if (/^(knex_|sqlite_|backstage_)/.test(table)) continue;
    found.push(...(await db(table)).map(row => ({ table, row })));
  }
  return found;
}

/** Rows that hold one of these texts in any column. */
export function rowsWith(
  rows: readonly FoundRow[],
  texts: readonly string[],
): FoundRow[] {
  return rows.filter(({ row }) => {
    const held = Object.values(row).map(String);
    return texts.some(text => held.some(value => value.includes(text)));
  });
}
