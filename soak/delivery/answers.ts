import { createHash } from 'node:crypto';
import { canonicalJson } from '@fawkes/kit-contract';
import { metricsQuerySchema } from '@fawkes/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { measureScope } from '../../plugins/delivery-backend/src/measure/metrics';
import { FROM, NOW, services, TO } from './load';
import { config } from './pipeline';

const TABLES = [
  'deployment_facts',
  'commits',
  'pull_requests',
  'incidents',
  'deployments',
  'links',
  'incident_links',
  'frontier',
  'service_facts',
  'rollup_service_days',
  'rollup_days',
  'rollup_months',
];

/** Everything a database has come to, one text for each table and scope. */
export async function answersOf(db: Knex): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const table of TABLES) {
    const rows: object[] = await db(table).select('*');
    const texts = rows
      .map(row => canonicalJson(row))
      // A day that lost its facts keeps a row that says nothing.
      .filter(text => !text.includes('"tally":"{}"'))
      .sort();
    const hash = createHash('sha256');
    for (const text of texts) hash.update(`${text}\n`);
    answers.set(table, `${texts.length} rows, ${hash.digest('hex')}`);
  }
  for (const scope of [...services().map(ref => [ref]), services()]) {
    for (const unit of ['commit', 'pull_request'] as const) {
      const { metrics } = await measureScope(
        {
          entities: [],
          services: scope.map(ref => ({
            ref,
            title: ref,
            owner: null,
            sample: false,
          })),
          single: scope.length === 1,
        },
        metricsQuerySchema.parse({ from: FROM, to: TO, unit }),
        { db, config, now: NOW },
      );
      answers.set(
        `metrics of ${scope.length} from ${scope[0]} by ${unit}`,
        JSON.stringify(metrics),
      );
    }
  }
  return answers;
}
