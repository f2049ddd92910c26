import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { MAPPINGS, SETTINGS, world } from '../__testUtils__/arbitraries';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { effortOn } from '@fawkes/kit-backend-test';
import { differences, takeSnapshot } from '../__testUtils__/snapshot';
import { deriveContextOf } from '../derive/deriveContext';
import { processDirty } from '../derive/processDirty';
import { rollUp } from '../derive/rollUp/rollUp';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/**
 * Works until nothing waits.
 *
 * @param together - how many services at most; none may fail
 */
async function settle(harness: Harness, together: number): Promise<void> {
  const { db, config } = harness;
  const context = { ...deriveContextOf(config), now: NOW };
  for (let done = 1; done > 0; ) {
    done = await harness.receive();
    done += (await processDirty(db, together, context)).length;
    done += await rollUp(db, 100, context);
  }
}

describe.each(databases.eachSupportedId())('batches, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 15, postgres: 6 });

  it(
    'give each service what it would be given alone',
    async () => {
      const harness = await createHarness(await databases.init(id), SETTINGS);
      await fc.assert(
        fc.asyncProperty(world, async events => {
          await harness.clear();
          await harness.map(...MAPPINGS);
          await harness.tell(events);
          await settle(harness, 100);
          const together = await takeSnapshot(harness);

          await harness.clear();
          await harness.map(...MAPPINGS);
          await harness.tell(events);
          await settle(harness, 1);
          expect(differences(together, await takeSnapshot(harness))).toEqual(
            [],
          );
        }),
        params,
      );
    },
    timeout,
  );

  it('do not let a service that fails spoil the others', async () => {
    const harness = await createHarness(await databases.init(id), SETTINGS);
    const services = ['a', 'b', 'c'].map(name => `component:default/${name}`);
    await harness.tell(
      services.map(service => ({
        type: 'deployment',
        source: 'ci',
        id: service,
        occurredAt: '2026-06-01T00:00:00Z',
        service,
        environment: 'production',
        status: 'success',
        finishedAt: '2026-06-01T00:00:00Z',
      })),
    );
    const context = { ...deriveContextOf(harness.config), now: NOW };
    await harness.receive();
    await harness.db('services').insert({
      service_ref: services[1],
      title: 'b',
      mapping: '{',
      seen_at: 0,
    });
    const failed: Array<readonly string[]> = [];
    const done = await processDirty(harness.db, 100, context, affected =>
      failed.push(affected),
    );
    expect(done.sort()).toEqual([services[0], services[2]]);
    expect(failed).toEqual([services, [services[1]]]);
    const left = await harness.db('dirty_services').select('service_ref');
    expect(left).toEqual([{ service_ref: services[1] }]);
  });
});
