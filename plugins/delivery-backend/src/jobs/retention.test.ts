import { TestDatabases } from '@backstage/backend-test-utils';
import { createHarness, NOW } from '../__testUtils__/harness';
import { SERVICE_A } from '../__testUtils__/arbitraries';
import { takeSnapshot } from '../__testUtils__/snapshot';
import { purgeExpired } from './retention';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY_MS = 86_400_000;

const deployed = (id: string) => ({
  type: 'deployment',
  source: 'ci',
  id,
  occurredAt: '2026-06-01T00:00:00Z',
  service: SERVICE_A,
  environment: 'production',
  status: 'success',
  finishedAt: '2026-06-01T00:00:00Z',
});

describe.each(databases.eachSupportedId())('purgeExpired, %s', databaseId => {
  it('forgets payloads and keeps facts, links and numbers', async () => {
    const harness = await createHarness(await databases.init(databaseId), {
      retention: { payloads: { days: 10 }, rejected: { days: 3 } },
    });
    const { db, config } = harness;
    await harness.tell([deployed('d1'), deployed('d2'), { type: 'bad' }]);
    await harness.settle();
    await harness.tell([deployed('d3')]);
    const numbers = await takeSnapshot(harness);

    expect(await purgeExpired(db, config, NOW + 2 * DAY_MS)).toBe(0);
    expect(await purgeExpired(db, config, NOW + 4 * DAY_MS)).toBe(1);
    expect(await purgeExpired(db, config, NOW + 11 * DAY_MS)).toBe(2);
    // What waits is never thrown away.
    expect(await db('inbox').select('state')).toEqual([{ state: 'received' }]);
    expect(await takeSnapshot(harness)).toEqual(numbers);

    // Told again, it changes nothing.
    await db('inbox').delete();
    expect(await harness.tell([deployed('d1')])).toMatchObject({ accepted: 1 });
    await harness.settle();
    expect(await takeSnapshot(harness)).toEqual(numbers);
  });
});
