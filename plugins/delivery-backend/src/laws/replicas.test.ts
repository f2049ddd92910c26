import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Worker } from '@fawkes/kit-backend/work';
import fc from 'fast-check';
import knexFactory, { type Knex } from 'knex';
import { MAPPINGS, retold, SETTINGS } from '../__testUtils__/arbitraries';
import { Follower } from '../__testUtils__/follower';
import {
  createHarness,
  NOW,
  type Harness,
  tellTo,
  TEST_MAPPERS,
} from '../__testUtils__/harness';
import { effortOn } from '@fawkes/kit-backend-test';
import { differences, rowsOf, takeSnapshot } from '../__testUtils__/snapshot';
import { deriveContextOf } from '../derive/deriveContext';
import { processDirty } from '../derive/processDirty';
import { deliveryWorker } from '../jobs/worker';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** What the tellers and workers of one world did. */
interface Replica {
  db: Knex;
  worker: Worker;
  /** Everything its worker complained of. */
  errors: unknown[];
}

describe.each(databases.eachSupportedId())('replicas, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 0, postgres: 10 });
  let harness: Harness;
  let replicas: Replica[];

  beforeAll(async () => {
    const db = await databases.init(id);
    harness = await createHarness(db, SETTINGS);
    replicas = [1, 2].map(() => replicaOf(db, harness));
  });
  afterAll(async () => {
    for (const { db } of replicas) await db.destroy();
  });

  it(
    'end where a single worker ends, whoever tells what to whom at the same time',
    async () => {
      await fc.assert(
        fc.asyncProperty(retold, async ({ events, batches }) => {
          await harness.clear();
          await harness.map(...MAPPINGS);
          await harness.tell(events);
          await harness.settle();
          const alone = await takeSnapshot(harness);
          const facts = await factsOf(harness);

          await harness.clear();
          await harness.map(...MAPPINGS);
          // Both are told everything, from the two ends, while both work.
          const follower = new Follower(harness.db);
          let following = true;
          const follow = async () => {
            while (following) await follower.read();
          };
          const followed = follow();
          const accepted = await Promise.all([
            tellAll(replicas[0], batches),
            tellAll(replicas[1], [...batches].reverse()),
            workUntilQuiet(replicas[0]),
            workUntilQuiet(replicas[1]),
          ]).finally(() => {
            following = false;
          });
          await followed;
          for (const { worker } of replicas) await worker.settle();
          await follower.catchUp();
          expect(await follower.differences()).toEqual([]);
          for (const { errors } of replicas) {
            expect(errors).toEqual([]);
          }

          const inbox = await harness.db('inbox').select('state');
          expect(inbox.filter(row => row.state !== 'processed')).toEqual([]);
          expect(accepted[0] + accepted[1]).toBe(inbox.length);
          expect(await factsOf(harness)).toEqual(facts);
          expect(differences(alone, await takeSnapshot(harness))).toEqual([]);
        }),
        params,
      );
    },
    timeout,
  );

  it('do not derive a service that another one has in hand', async () => {
    await harness.clear();
    const service = 'component:default/held';
    await harness
      .db('dirty_services')
      .insert({ service_ref: service, from_at: 0, since: NOW });
    const context = { ...deriveContextOf(harness.config), now: NOW };
    const derive = () => processDirty(replicas[1].db, 10, context);
    const holder = await replicas[0].db.transaction();
    await holder('dirty_services').where('service_ref', service).forUpdate();
    expect(await derive()).toEqual([]);
    await holder.rollback();
    expect(await derive()).toEqual([service]);
    expect(await derive()).toEqual([]);
  });

  it('survive locking each other out', async () => {
    await harness.clear();
    const names = ['first', 'second'];
    await harness
      .db('guards')
      .insert(names.map(name => ({ name })))
      .onConflict('name')
      .ignore();
    let met = 0;
    let meet: () => void = () => {};
    const both = new Promise<void>(resolve => {
      meet = resolve;
    });
    let attempts = 0;
    const lockAll = (db: Knex, order: string[]) =>
      inTransaction(db, async tx => {
        attempts += 1;
        for (const name of order) {
          await tx('guards').where({ name }).forUpdate();
          met += 1;
          if (met === 2) meet();
          await both;
        }
        return order;
      });
    expect(
      await Promise.all([
        lockAll(replicas[0].db, names),
        lockAll(replicas[1].db, [...names].reverse()),
      ]),
    ).toHaveLength(2);
    // Once each, and once more for whoever gave way.
    expect(attempts).toBeGreaterThanOrEqual(3);
  });
});

function replicaOf(db: Knex, { config }: Harness): Replica {
  const own = knexFactory({ ...db.client.config, pool: { min: 0, max: 4 } });
  const logger = mockServices.logger.mock();
  return {
    db: own,
    errors: logger.error.mock.calls,
    worker: deliveryWorker({
      db: own,
      logger,
      mappers: TEST_MAPPERS,
      context: deriveContextOf(config),
      now: () => NOW,
      onDerived: () => {},
      publish: async () => {},
    }),
  };
}

/** Tells batches one after the other; returns how many events were new. */
async function tellAll(
  { db }: Replica,
  batches: ReadonlyArray<{ events: object[] }>,
): Promise<number> {
  let accepted = 0;
  for (const { events } of batches) {
    const { answer, claims } = await tellTo(db, events, () => undefined);
    accepted += answer.accepted + claims;
  }
  return accepted;
}

/** Works while there is anything to do, some turns beyond. */
async function workUntilQuiet({ worker, db }: Replica): Promise<number> {
  for (let quiet = 0; quiet < 3; ) {
    await worker.settle();
    const waiting = await db('inbox').where('state', 'received').first('id');
    quiet = waiting ? 0 : quiet + 1;
  }
  return 0;
}

/** The joined states of all facts, however they came. */
async function factsOf({ db }: Harness): Promise<string[]> {
  const tables = ['deployment_facts', 'commits', 'pull_requests', 'incidents'];
  const rows = await Promise.all(tables.map(table => rowsOf(db, table)));
  return rows.flat();
}
