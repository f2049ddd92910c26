import type { Knex } from 'knex';
import { isPostgres, rawRows } from './dialect';
import type { Table } from './table';

/** A column as a database has it. */
interface Found {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  /** Place in the primary key, from 1; 0 = none. */
  key: number;
}

/** The tables in which knex keeps which migrations ran. */
const MIGRATIONS = /^knex_migrations/;

/**
 * Where tables as data and a migrated database are not of one mind about names,
 * types, keys, and what may hold nothing: a line each, none when they agree. For
 * a test in which one cannot change without the other.
 *
 * @public
 */
export async function schemaDifferences(
  db: Knex,
  tables: readonly Table[],
): Promise<string[]> {
  const found = await readSchema(db);
  const expected = new Map(tables.map(table => [table.name, table]));
  const lines: string[] = [];
  for (const name of found.keys()) {
    if (!expected.has(name)) lines.push(`${name}: only in the database`);
  }
  for (const table of tables) {
    const columns = found.get(table.name);
    if (columns) lines.push(...tableDifferences(db, table, columns));
    else lines.push(`${table.name}: only in the code`);
  }
  return lines.sort();
}

function tableDifferences(
  db: Knex,
  { name, columns, keys }: Table,
  found: readonly Found[],
): string[] {
  const lines: string[] = [];
  const spelled = new Map(
    found.map(each => [each.column, asKept(db, spell(each))]),
  );
  for (const column of new Set([...Object.keys(columns), ...spelled.keys()])) {
    const code = columns[column] ? asKept(db, columns[column]) : 'missing';
    const database = spelled.get(column) ?? 'missing';
    if (code !== database) {
      lines.push(
        `${name}.${column}: ${code} in the code, ${database} in the database`,
      );
    }
  }
  const primary = found
    .filter(({ key }) => key > 0)
    .sort((a, b) => a.key - b.key)
    .map(({ column }) => column)
    .join(', ');
  if (keys.join(', ') !== primary) {
    lines.push(
      `${name}: keyed by ${keys.join(
        ', ',
      )} in the code, by ${primary} in the database`,
    );
  }
  return lines;
}

/** SQLite has one type for whole numbers. */
function asKept(db: Knex, column: string): string {
  return isPostgres(db) ? column : column.replace(/^big\b/, 'int');
}

const TYPES: Array<[RegExp, string]> = [
  [/^(character varying|varchar|text|char)/, 'text'],
  [/^(double|float|real)/, 'double'],
  [/^bigint/, 'big'],
  [/^int/, 'int'],
  [/^bool/, 'bool'],
  [/^(bytea|blob)/, 'bytes'],
];

function spell({ type, nullable, key }: Found): string {
  const known = TYPES.find(([spelling]) => spelling.test(type))?.[1] ?? type;
  // A key holds something, also where SQLite does not insist on it.
  return nullable && key === 0 ? `${known}?` : known;
}

const OF_POSTGRES = `
  select columns.table_name as "table", columns.column_name as "column",
    columns.data_type as type, columns.is_nullable = 'YES' as nullable,
    coalesce((
      select usage.ordinal_position
      from information_schema.table_constraints constraints
      join information_schema.key_column_usage usage
        on usage.constraint_schema = constraints.constraint_schema
        and usage.constraint_name = constraints.constraint_name
      where constraints.constraint_type = 'PRIMARY KEY'
        and constraints.table_schema = columns.table_schema
        and constraints.table_name = columns.table_name
        and usage.column_name = columns.column_name
    ), 0) as key
  from information_schema.columns columns
  where columns.table_schema = current_schema()
  order by columns.table_name, columns.ordinal_position`;

const OF_SQLITE = `
  select tables.name as "table", columns.name as "column", columns.type as type,
    not columns."notnull" as nullable, columns.pk as key
  from sqlite_master tables, pragma_table_info(tables.name) columns
  where tables.type = 'table' and tables.name not like 'sqlite_%'
  order by tables.name, columns.cid`;

async function readSchema(db: Knex): Promise<Map<string, Found[]>> {
  const rows = await rawRows<Found>(
    db,
    isPostgres(db) ? OF_POSTGRES : OF_SQLITE,
    [],
  );
  const tables = new Map<string, Found[]>();
  for (const row of rows) {
    if (MIGRATIONS.test(row.table)) continue;
    tables.set(row.table, [
      ...(tables.get(row.table) ?? []),
      {
        ...row,
        type: row.type.toLowerCase(),
        nullable: Boolean(row.nullable),
        key: Number(row.key),
      },
    ]);
  }
  return tables;
}
