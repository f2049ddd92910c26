import { ConfigReader } from '@backstage/config';
import {
  metricsQuerySchema,
  type MetricsQueryInput,
} from '@fawkes/backstage-plugin-delivery-common';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { measureScope } from '../../plugins/delivery-backend/src/measure/metrics';
import { openKnex } from './databases';
import type { DataSet } from './data';
import { NOW, type ServicePlan } from './world';

/** Longest text of bindings or plan that is printed. */
const MOST = 4_000;

interface Statement {
  sql: string;
  bindings: unknown[];
}

/** The plans of all statements that answer a question, as Markdown. */
export async function explain(
  { address }: DataSet,
  title: string,
  services: readonly ServicePlan[],
  query: MetricsQueryInput,
): Promise<string[]> {
  if (address.dialect !== 'pg') return [];
  const db = openKnex(address);
  try {
    const statements: Statement[] = [];
    const note = (statement: Statement) => statements.push(statement);
    db.on('query', note);
    await measureScope(
      {
        entities: [],
        services: services.map(({ ref, team }) => ({
          ref,
          title: ref,
          owner: team,
          sample: false,
        })),
        single: services.length === 1,
      },
      metricsQuerySchema.parse(query),
      { db, config: readDeliveryConfig(new ConfigReader({})), now: NOW },
    );
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
