import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { MAPPINGS, retold, SETTINGS } from '../__testUtils__/arbitraries';
import { Follower } from '../__testUtils__/follower';
import { createHarness, type Harness } from '../__testUtils__/harness';
import { effortOn } from '@fawkes/kit-backend-test';
import { rebuild } from '../__testUtils__/snapshot';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('following, %s', id => {
  const { params, timeout } = effortOn(id, { sqlite: 15, postgres: 6 });
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(id), SETTINGS);
  });

  it(
    'tells of every deployment that became another, and of no other',
    async () => {
      await fc.assert(
        fc.asyncProperty(retold, async ({ batches }) => {
          await harness.clear();
          await harness.map(...MAPPINGS);
          const follower = new Follower(harness.db);
          for (const { events } of batches) {
            await harness.tell(events);
            await harness.settle();
            await follower.read();
          }
          await follower.catchUp();
          expect(await follower.differences()).toEqual([]);
          expect(follower.repeated).toEqual([]);

          await rebuild(harness);
          expect(await follower.read()).toBe(0);
        }),
        params,
      );
    },
    timeout,
  );
});
