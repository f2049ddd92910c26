import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { MAPPINGS, retold, SETTINGS } from '../__testUtils__/arbitraries';
import { createHarness } from '../__testUtils__/harness';
import { effortOn } from '../__testUtils__/runs';
import { differences, rebuild, takeSnapshot } from '../__testUtils__/snapshot';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('permutation law, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 40, postgres: 12 });

  it(
    'ends in the same bytes however a world is told',
    async () => {
      const harness = await createHarness(await databases.init(id), SETTINGS);
      await fc.assert(
        fc.asyncProperty(retold, async ({ events, batches }) => {
          await harness.clear();
          await harness.map(...MAPPINGS);
          expect(await harness.tell(events)).toMatchObject({ rejected: 0 });
          await harness.settle();
          const atOnce = await takeSnapshot(harness);

          await harness.clear();
          await harness.map(...MAPPINGS);
          for (const batch of batches) {
            await harness.tell(batch.events);
            if (batch.settle) await harness.settle();
          }
          await harness.settle();
          expect(differences(atOnce, await takeSnapshot(harness))).toEqual([]);

          await rebuild(harness);
          expect(differences(atOnce, await takeSnapshot(harness))).toEqual([]);
        }),
        params,
      );
    },
    timeout,
  );
});
