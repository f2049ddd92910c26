import type { Table } from '@fawkes/kit-backend/sql';
import { iso } from '../learn/iso';
import type { Me } from './me';
import type { ExportAround, Personal } from './personal';

/**
 * A row as it is exported: every column of its table, instants as ISO 8601, JSON as
 * JSON, and what holds more than is shown as its table says.
 */
export async function exportedRow(
  row: Readonly<Record<string, unknown>>,
  {
    table,
    how,
    me,
    around,
  }: { table: Table; how: Personal; me: Me; around: ExportAround },
): Promise<Record<string, unknown>> {
  const exported: Record<string, unknown> = {};
  for (const [column, type] of Object.entries(table.columns)) {
    const value = row[column] ?? null;
    const changed = how.changed?.[column];
    if (changed) exported[column] = await changed.as(row, me, around);
    else if (value === null) exported[column] = null;
    else if (how.json?.includes(column)) {
      exported[column] = JSON.parse(String(value));
    } else if (type.startsWith('double')) exported[column] = iso(Number(value));
    else if (type.startsWith('bool')) exported[column] = Boolean(value);
    else exported[column] = value;
  }
  return exported;
}
