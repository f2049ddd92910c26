import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { MAPPINGS, retold, SETTINGS } from '../__testUtils__/arbitraries';
import { createHarness } from '../__testUtils__/harness';
import { differences, rebuild, takeSnapshot } from '../__testUtils__/snapshot';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const numRuns = Number(process.env.FAWKES_RUNS ?? 60);

describe.each(databases.eachSupportedId())('permutation law, %s', id => {
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
        { numRuns },
      );
    },
    numRuns * 2_000 + 60_000,
  );
});
