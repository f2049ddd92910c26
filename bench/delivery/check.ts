import type { Knex } from 'knex';
import { ConfigReader } from '@backstage/config';
import { canonicalJson } from '@fawkes/kit-contract';
import { readDeliveryConfig } from '../../plugins/delivery-backend/src/config';
import { deriveContextOf } from '../../plugins/delivery-backend/src/derive/deriveContext';
import { eventMapper } from '../../plugins/delivery-backend/src/intake/mappers';
import { recordEvents } from '../../plugins/delivery-backend/src/intake/recordEvents';
import { rebuildIfChanged } from '../../plugins/delivery-backend/src/jobs/rebuildIfChanged';
import { openKnex, type Databases } from '../lib/databases';
import type { Figure } from '../lib/figures';
import { Random } from '../lib/random';
import { logger } from '../lib/surroundings';
import { deliveryWorker } from '../../plugins/delivery-backend/src/jobs/worker';
import { fillFacts, fillMappings } from './fill';
import { eventsOf, Story } from './story';
import { NOW, planWorld } from './world';

const TABLES = [
  'deployment_facts',
  'deployment_parts',
  'commits',
  'pull_requests',
  'pull_request_commits',
  'incidents',
  'deployments',
  'links',
  'frontier',
  'incident_links',
  'service_facts',
  'rollup_service_days',
  'rollup_days',
  'rollup_months',
];

/**
 * The data set is only worth something when the bulk path writes what the
 * intake would have: a small world filled in bulk has to be the same, row by
 * row, as the same world told in random order as events.
 */
export async function checkBulkPath(
  databases: Databases,
  seed: number,
): Promise<Figure> {
  const world = planWorld(0.0004, seed);
  const [bulk, told] = await Promise.all(
    ['bench_bulk', 'bench_told'].map(async name =>
      openKnex((await databases.create(name, false)).address),
    ),
  );
  try {
    await fillFacts(bulk, world);
    await settle(bulk);

    await fillMappings(told, world.services);
    const events = world.stories.flatMap(plan =>
      [...new Story(plan).history()].flatMap(eventsOf),
    );
    const random = new Random(seed, 3);
    for (let i = events.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [events[i], events[j]] = [events[j], events[i]];
    }
    for (let start = 0; start < events.length; start += 500) {
      const answer = await recordEvents(
        told,
        events.slice(start, start + 500).map(value => ({ value })),
        { now: NOW, correlationId: 'check', hideName: () => undefined },
      );
      if (answer.rejected > 0) {
        throw new Error(
          `The contract refuses the data: ${JSON.stringify(
            answer.results.find(result => result.status === 'rejected'),
          )}`,
        );
      }
    }
    await settle(told);

    let rows = 0;
    const different: string[] = [];
    for (const table of TABLES) {
      const [a, b] = [await rowsOf(bulk, table), await rowsOf(told, table)];
      rows += a.length;
      if (a.length !== b.length || a.some((row, i) => row !== b[i])) {
        different.push(table);
        const odd = a.find((row, i) => row !== b[i]) ?? '';
        process.stderr.write(
          `${table}: ${a.length} and ${b.length} rows; ${odd}\n`,
        );
      }
    }
    return {
      what: 'bulk path and intake end in the same rows',
      target: 'equal',
      measured: `${events.length} events in random order, ${rows} rows of ${TABLES.length} tables`,
      verdict:
        different.length === 0 ? 'equal' : `differs: ${different.join(', ')}`,
    };
  } finally {
    await bulk.destroy();
    await told.destroy();
  }
}

async function settle(db: Knex): Promise<void> {
  const config = readDeliveryConfig(new ConfigReader({}));
  await rebuildIfChanged(db, config, NOW);
  const worker = deliveryWorker({
    db,
    logger,
    mappers: new Map([['event', eventMapper]]),
    now: () => NOW,
    onDerived: () => {},
    publish: async () => {},
    context: deriveContextOf(config),
  });
  await worker.settle();
}

async function rowsOf(db: Knex, table: string): Promise<string[]> {
  const rows: object[] = await db(table).select('*');
  return rows.map(row => canonicalJson(row)).sort();
}
