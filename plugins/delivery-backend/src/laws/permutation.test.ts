import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import {
  MAPPINGS,
  retold,
  SETTINGS,
  type Told,
} from '../__testUtils__/arbitraries';
import { HARD_WORLDS } from '../__testUtils__/hardWorlds';
import { createHarness } from '../__testUtils__/harness';
import { removeSource } from '../intake/removeSource';
import { effortOn } from '@fawkes/kit-backend-test';
import { differences, rebuild, takeSnapshot } from '../__testUtils__/snapshot';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('permutation law, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 15, postgres: 5 });

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
        { ...params, examples: HARD_WORLDS.map(world => [world]) },
      );
    },
    timeout,
  );

  it(
    'ends as if a source that is removed had told nothing until then',
    async () => {
      const harness = await createHarness(await databases.init(id), SETTINGS);
      const sourceOf = (told: Told) => told.source;
      await fc.assert(
        fc.asyncProperty(
          retold,
          fc.constantFrom('git', 'github.com', 'ci', 'pager'),
          fc.nat(100),
          fc.boolean(),
          async ({ events }, source, percent, settles) => {
            const cut = Math.floor((events.length * percent) / 100);
            const [before, after] = [events.slice(0, cut), events.slice(cut)];
            await harness.clear();
            await harness.map(...MAPPINGS);
            await harness.tell([
              ...before.filter(told => sourceOf(told) !== source),
              ...after,
            ]);
            await harness.settle();
            const without = await takeSnapshot(harness);

            await harness.clear();
            await harness.map(...MAPPINGS);
            await harness.tell(before);
            if (settles) await harness.settle();
            await removeSource(harness.db, source, harness.apply);
            await harness.tell(after);
            await harness.settle();
            expect(differences(without, await takeSnapshot(harness))).toEqual(
              [],
            );
          },
        ),
        params,
      );
    },
    timeout,
  );
});
