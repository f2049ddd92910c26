import { TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { takeSnapshot } from '../__testUtils__/snapshot';
import { SERVICE_A } from '../__testUtils__/arbitraries';
import { readDeliveryConfig } from '../config';
import { rebuildIfChanged } from './rebuildIfChanged';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const at = (day: number, hour: number) =>
  new Date(Date.UTC(2026, 5, day, hour)).toISOString();
const deployed = (id: string, when: string, fields: object = {}) => ({
  type: 'deployment',
  source: 'ci',
  id,
  occurredAt: when,
  service: SERVICE_A,
  environment: 'production',
  status: 'success',
  finishedAt: when,
  ...fields,
});
const EVENTS = [
  deployed('d1', at(1, 23)),
  deployed('d2', at(2, 1)),
  deployed('d3', at(3, 20), { environment: 'live' }),
  deployed('d4', at(4, 20), { source: 'stand-in' }),
  {
    type: 'incident',
    source: 'pager',
    id: 'i1',
    occurredAt: at(3, 5),
    service: SERVICE_A,
    openedAt: at(3, 5),
    resolvedAt: at(3, 6),
  },
];

describe.each(databases.eachSupportedId())(
  'rebuildIfChanged, %s',
  databaseId => {
    let db: Knex;
    beforeAll(async () => {
      db = await databases.init(databaseId);
    });
    beforeEach(async () => {
      const { clear } = await createHarness(db);
      await clear();
      await db('derived_settings').delete();
    });

    const rebuild = (harness: Harness, settings: object) =>
      rebuildIfChanged(
        harness.db,
        readDeliveryConfig(new ConfigReader({ delivery: settings })),
        NOW,
      );
    const waiting = async () =>
      Number((await db('dirty_services').count({ count: '*' }))[0].count);

    it('does nothing while the settings stay', async () => {
      const harness = await createHarness(db);
      expect(await rebuild(harness, {})).toBe(false);
      await harness.tell(EVENTS);
      await harness.settle();
      expect(await rebuild(harness, { timezone: 'UTC' })).toBe(false);
      expect(await waiting()).toBe(0);
    });

    it.each([
      ['time zone', { timezone: 'Asia/Tokyo' }],
      ['production environments', { productionEnvironments: '^live$' }],
      ['incident window', { incidentWindow: { hours: 48 } }],
      ['sandbox sources', { sandboxSources: ['stand-in'] }],
    ])('makes everything anew for another %s', async (_, settings) => {
      const before = await createHarness(db);
      await rebuild(before, {});
      await before.tell(EVENTS);
      await before.settle();

      const after = await createHarness(db, settings);
      expect(await rebuild(after, settings)).toBe(true);
      expect(await waiting()).toBe(1);
      await after.settle();
      const rebuilt = await takeSnapshot(after);

      await after.clear();
      await after.tell(EVENTS);
      await after.settle();
      expect(rebuilt).toEqual(await takeSnapshot(after));
    });
  },
);
