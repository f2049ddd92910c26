import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { SERVICE_A, SERVICE_B } from '../__testUtils__/arbitraries';
import { settled } from '../__testUtils__/testBackend';
import { deriveContextOf } from '../derive/deriveContext';
import { eventMapper, type Mapper } from '../intake/mappers';
import { keepMessages } from '../store/inbox';
import { deliveryWorker } from './worker';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const deployed = (id: string, service: string) => ({
  type: 'deployment',
  source: 'ci',
  id,
  occurredAt: '2026-06-01T00:00:00Z',
  service,
  environment: 'production',
  status: 'success',
  finishedAt: '2026-06-01T00:00:00Z',
});

describe.each(databases.eachSupportedId())('deliveryWorker, %s', databaseId => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(databaseId));
  });
  beforeEach(() => harness.clear());

  function setup(mappers: Array<[string, Mapper]> = []) {
    const derived: string[][] = [];
    const logger = mockServices.logger.mock();
    const worker = deliveryWorker({
      db: harness.db,
      logger,
      mappers: new Map([['event', eventMapper], ...mappers]),
      context: deriveContextOf(harness.config),
      now: () => NOW,
      onDerived: services => derived.push(services),
      publish: async () => {},
    });
    return { ...harness, worker, derived, logger };
  }

  it('says which services have new numbers, after they have', async () => {
    const { tell, worker, derived } = setup();
    await tell([deployed('d1', SERVICE_A), deployed('d2', SERVICE_B)]);
    await worker.settle();
    expect(derived.flat().sort()).toEqual([SERVICE_A, SERVICE_B]);
    await tell([deployed('d3', SERVICE_B)]);
    await worker.settle();
    expect(derived.at(-1)).toEqual([SERVICE_B]);
  });

  it('takes up at its start what another left behind', async () => {
    const { tell, worker, db, metrics } = setup();
    await tell([deployed('d1', SERVICE_A)]);
    worker.start();
    await settled(db);
    await worker.stop();
    const answer = await metrics([SERVICE_A]);
    expect(answer.metrics.deploymentFrequency.deployments).toBe(1);
    expect(await db('inbox').where('state', 'received')).toEqual([]);
  });

  it('does not stop at a message a source fails on', async () => {
    const { tell, worker, db, logger } = setup([
      [
        'broken',
        () => {
          throw new Error('a bug of the source');
        },
      ],
    ]);
    const message = (channel: string, deliveryId: string) => ({
      channel,
      source: channel,
      deliveryId,
      payload: '{}',
    });
    await keepMessages(db, [message('broken', '1'), message('gone', '1')], NOW);
    await tell([deployed('d1', SERVICE_A)]);
    await worker.settle();
    expect(await db('inbox').orderBy('id').select('state', 'reason')).toEqual([
      { state: 'rejected', reason: 'The source failed to read it' },
      {
        state: 'rejected',
        reason:
          "No source named 'gone' is installed; install its module and replay",
      },
      { state: 'processed', reason: null },
    ]);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('does not stop at a message the database refuses', async () => {
    const { tell, worker, db } = setup([
      [
        'wild',
        () => ({
          outcome: 'claims',
          claims: [
            {
              claim: 'partial',
              type: 'incident',
              source: 'wild',
              id: 'i',
              occurredAt: 'never',
              fields: {},
            },
          ],
        }),
      ],
    ]);
    await keepMessages(
      db,
      [{ channel: 'wild', source: 'wild', deliveryId: '1', payload: '{}' }],
      NOW,
    );
    await tell([deployed('d1', SERVICE_A)]);
    await worker.settle();
    expect(await db('inbox').orderBy('id').select('state', 'reason')).toEqual([
      {
        state: 'rejected',
        reason: 'The database refused it; see the log of the backend',
      },
      { state: 'processed', reason: null },
    ]);
  });

  it('says what it met and goes on while the database is away', async () => {
    const { tell, worker, db, logger } = setup();
    await tell([deployed('d1', SERVICE_A)]);
    await db.schema.renameTable('dirty_services', 'away');
    worker.start();
    try {
      while (!logger.error.mock.calls.length) await new Promise(setImmediate);
    } finally {
      await db.schema.renameTable('away', 'dirty_services');
    }
    await settled(db);
    await worker.stop();
    expect(logger.error.mock.calls[0][0]).toMatch(/worker met an error/);
  });
});
