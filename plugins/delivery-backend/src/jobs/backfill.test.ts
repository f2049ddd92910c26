import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { dayKeyOf, type Claim } from '@fawkes/backstage-plugin-delivery-common';
import type {
  BackfillContext,
  DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { Backfills } from './backfill';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SERVICE = 'component:default/a';

const claim = (n: number): Claim => ({
  claim: 'whole',
  event: {
    type: 'deployment',
    source: 'history',
    id: `d${n}`,
    service: SERVICE,
    environment: 'production',
    status: 'success',
    occurredAt: `2026-06-0${n}T00:00:00.000Z`,
    finishedAt: `2026-06-0${n}T00:00:00.000Z`,
  },
});

describe.each(databases.eachSupportedId())('Backfills, %s', databaseId => {
  let harness: Harness;
  let now = NOW;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(databaseId));
  });
  beforeEach(async () => {
    await harness.clear();
    now = NOW;
  });

  function setup(
    backfill: (context: BackfillContext) => Promise<void>,
    db: Knex = harness.db,
  ) {
    const source: DeliverySource = {
      id: 'history',
      title: 'History',
      map: () => ({ outcome: 'ignored', reason: 'never asked' }),
      backfill,
    };
    return new Backfills({
      db,
      logger: mockServices.logger.mock(),
      sources: new Map([['history', source]]),
      hideName: () => undefined,
      apply: () => ({ now, dayOf: ms => dayKeyOf(ms, 'UTC') }),
      onLoaded: () => {},
    });
  }
  const status = async (backfills: Backfills) =>
    (await backfills.list()).get('history');

  it('loads claims and keeps its cursor with them', async () => {
    const backfills = setup(async ({ commit }) => {
      await commit([claim(1), claim(2)], { page: 1 });
      await commit([claim(3)], { page: 2 });
    });
    await (
      await backfills.start('history')
    ).done;
    expect(await status(backfills)).toMatchObject({
      state: 'done',
      loaded: 3,
      message: null,
    });
    await harness.settle();
    const { metrics } = await harness.metrics([SERVICE]);
    expect(metrics.deploymentFrequency.deployments).toBe(3);
  });

  it('goes on from its cursor after a failure, and tells nothing twice', async () => {
    const cursors: unknown[] = [];
    const failing = setup(async ({ cursor, commit }) => {
      cursors.push(cursor);
      await commit([claim(1)], 'after 1');
      throw new Error('the tool is tired');
    });
    await (
      await failing.start('history')
    ).done;
    expect(await status(failing)).toMatchObject({
      state: 'failed',
      loaded: 1,
      message: 'the tool is tired',
    });
    const mended = setup(async ({ cursor, commit }) => {
      cursors.push(cursor);
      await commit([claim(1), claim(2)], null);
    });
    await (
      await mended.start('history')
    ).done;
    expect(cursors).toEqual([undefined, 'after 1']);
    await harness.settle();
    const { metrics } = await harness.metrics([SERVICE]);
    expect(metrics.deploymentFrequency.deployments).toBe(2);
  });

  it('keeps neither claims nor cursor of a page that does not fit', async () => {
    const backfills = setup(async ({ commit }) => {
      await commit([claim(1)], 'after 1');
      const bad = claim(2);
      Object.assign(bad, {
        claim: 'partial',
        type: 'incident',
        source: 'history',
        id: 'i',
        occurredAt: 'never',
        fields: {},
      });
      await commit([claim(3), bad], 'after 3');
    });
    await (
      await backfills.start('history')
    ).done;
    expect(await status(backfills)).toMatchObject({
      state: 'failed',
      loaded: 1,
    });
    const { cursor } = await harness.db('backfills').first('cursor');
    expect(JSON.parse(cursor)).toBe('after 1');
    expect(await harness.db('deployment_facts')).toHaveLength(1);
  });

  it('runs once, until it is abandoned', async () => {
    const never = setup(() => new Promise(() => {}));
    await never.start('history');
    const other = setup(async () => {});
    await expect(other.start('history')).rejects.toThrow('is running already');
    now += 11 * 60_000;
    await (
      await other.start('history')
    ).done;
    expect(await status(other)).toMatchObject({ state: 'done' });
  });

  it('starts once when it is started by two at once', async () => {
    let started = 0;
    const backfills = setup(async () => {
      started += 1;
    });
    const outcomes = await Promise.allSettled([
      backfills.start('history'),
      backfills.start('history'),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') await outcome.value.done;
    }
    const refused = outcomes.filter(({ status: how }) => how === 'rejected');
    expect(started).toBe(outcomes.length - refused.length);
  });

  it('stops with the backend and can go on', async () => {
    const backfills = setup(
      ({ signal, commit }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          void commit([claim(1)], 'after 1');
        }),
    );
    const { done } = await backfills.start('history');
    await backfills.stop();
    await done;
    expect(await status(backfills)).toMatchObject({ state: 'idle' });
  });

  it('does not take the backend down when its end cannot be kept', async () => {
    const gone = { db: harness.db };
    const backfills = setup(async () => {
      await gone.db.schema.renameTable('backfills', 'backfills_away');
    });
    try {
      await (
        await backfills.start('history')
      ).done;
    } finally {
      await harness.db.schema.renameTable('backfills_away', 'backfills');
    }
    expect(await status(backfills)).toMatchObject({ state: 'running' });
  });

  it('refuses sources there are not, and those that only listen', async () => {
    const backfills = setup(async () => {});
    await expect(backfills.start('nothing')).rejects.toThrow("'nothing'");
  });
});
