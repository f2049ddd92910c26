import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  deploymentNewsSchema,
  type Claim,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import {
  createHarness,
  NOW,
  sha,
  type Harness,
} from '../__testUtils__/harness';
import { rebuild } from '../__testUtils__/snapshot';
import { Backfills } from './backfill';
import { tellDeployments } from './tellDeployments';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SHOP = 'component:default/shop';
const CART = 'component:default/cart';
const at = (minute: number) =>
  new Date(NOW - (60 - minute) * 60_000).toISOString();

const deployment = (id: string, fields: object = {}) => ({
  type: 'deployment',
  source: 'ci',
  id,
  occurredAt: at(10),
  service: SHOP,
  environment: 'production',
  status: 'success',
  finishedAt: at(10),
  ...fields,
});

describe.each(databases.eachSupportedId())('delivery.deployment, %s', dbId => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(dbId));
  });
  beforeEach(() => harness.clear());

  async function say(...events: object[]) {
    const { rejected } = await harness.tell(events);
    expect(rejected).toBe(0);
    await harness.settle();
    return harness.published.splice(0);
  }
  const names = (news: Harness['published']) =>
    news.map(one => `${one.id} ${one.service}`).sort();

  it('says what a deployment is, once it can be read', async () => {
    const [news, ...others] = await say(
      deployment('d1', {
        startedAt: at(9),
        repository: 'acme/shop',
        sha: sha('a'),
        artifact: 'pkg:oci/shop@1',
        version: '1.0',
        url: 'https://ci.example/1',
      }),
    );
    expect(others).toEqual([]);
    const row = await harness.db('deployments').first();
    expect(deploymentNewsSchema.parse(news)).toEqual(news);
    expect(news).toEqual({
      key: row.key,
      source: 'ci',
      id: 'd1',
      service: SHOP,
      environment: 'production',
      production: true,
      status: 'success',
      kind: 'deploy',
      version: '1.0',
      artifact: 'pkg:oci/shop@1',
      repositories: [{ repository: 'github.com/acme/shop', sha: sha('a') }],
      startedAt: at(9),
      finishedAt: at(10),
      url: 'https://ci.example/1',
    });
    expect(await harness.db('deployment_news')).toEqual([]);
  });

  it('is told for each service it counts for', async () => {
    await harness.map(
      { service: SHOP, repositories: ['github.com/acme/mono'] },
      { service: CART, repositories: ['github.com/acme/mono'] },
    );
    const news = await say(
      deployment('d1', {
        service: undefined,
        repository: 'acme/mono',
        sha: sha('a'),
      }),
    );
    expect(names(news)).toEqual([`d1 ${CART}`, `d1 ${SHOP}`]);
  });

  it('is told when the fact changes, and not when it is told again', async () => {
    const running = deployment('d1', {
      status: 'running',
      finishedAt: undefined,
      occurredAt: at(9),
    });
    expect(await say(running)).toMatchObject([{ status: 'running' }]);
    expect(await say(deployment('d1'))).toMatchObject([{ status: 'success' }]);
    // Late, and of no account; the same by another way; the very same.
    expect(await say({ ...running, occurredAt: at(8) })).toEqual([]);
    expect(await say(deployment('d1', { correlationId: 'other' }))).toEqual([]);
    expect(await say(deployment('d1'))).toEqual([]);
    expect(
      await say(deployment('d1', { occurredAt: at(11), deleted: true })),
    ).toEqual([
      {
        key: expect.any(String),
        source: 'ci',
        id: 'd1',
        service: SHOP,
        environment: 'production',
        deleted: true,
      },
    ]);
  });

  it('is silent about what nobody deployed: verdicts, mappings, rebuilds', async () => {
    await say(deployment('d1'), deployment('d2', { finishedAt: at(20) }));
    expect(
      await say({
        type: 'incident',
        source: 'pager',
        id: 'i1',
        occurredAt: at(21),
        openedAt: at(21),
        service: SHOP,
        causedBy: 'd2',
      }),
    ).toEqual([]);
    expect(await harness.db('deployments').where('failed', true)).toHaveLength(
      1,
    );
    await rebuild(harness);
    expect(harness.published).toEqual([]);
  });

  it('is silent about history that is loaded', async () => {
    const claims = [
      { claim: 'whole', event: deployment('old') },
    ] as unknown as Claim[];
    const source: DeliverySource = {
      id: 'history',
      title: 'History',
      map: () => ({ outcome: 'ignored', reason: 'never asked' }),
      backfill: ({ commit }) => commit(claims, 1),
    };
    const backfills = new Backfills({
      db: harness.db,
      logger: mockServices.logger.mock(),
      sources: new Map([['history', source]]),
      hideName: () => undefined,
      apply: () => ({ now: NOW, dayOf: () => '2026-06-30' }),
      onLoaded: () => {},
    });
    await (
      await backfills.start('history')
    ).done;
    await harness.settle();
    expect(await harness.db('deployments')).toHaveLength(1);
    expect(harness.published).toEqual([]);
    // What comes in after that is news again.
    expect(names(await say(deployment('new')))).toEqual([`new ${SHOP}`]);
  });

  const tell = (publish: () => Promise<void>, now: number = NOW) =>
    tellDeployments(harness.db, 10, { now, publish });

  it('waits until the deployment can be read', async () => {
    await harness.tell([deployment('d1')]);
    await harness.receive();
    const publish = jest.fn(async () => {});
    expect(await tell(publish)).toBe(0);
    expect(publish).not.toHaveBeenCalled();
    await harness.settle();
    expect(names(harness.published)).toEqual([`d1 ${SHOP}`]);
  });

  it('is told by another when whoever began to tell it died', async () => {
    await harness.tell([deployment('d1')]);
    await harness.receive();
    await harness.db('dirty_services').delete();
    await rebuild({ ...harness, settle: async () => {} });
    await harness.db('deployment_news').update({ taken_at: NOW });
    await harness.settle();
    // Committed and taken, and then nothing more was heard of it.
    expect(harness.published).toEqual([]);
    const publish = jest.fn(async () => {});
    expect(await tell(publish, NOW + 59_000)).toBe(0);
    expect(await tell(publish, NOW + 61_000)).toBe(1);
    expect(publish).toHaveBeenCalledTimes(1);
    expect(await harness.db('deployment_news')).toEqual([]);
  });

  it('is told again when telling fails, and when it changes meanwhile', async () => {
    await harness.tell([deployment('d1'), deployment('d2')]);
    await harness.receive();
    await harness.db('deployment_news').update({ taken_at: NOW });
    await harness.settle();
    await harness.db('deployment_news').update({ taken_at: 0 });
    await expect(
      tell(async () => {
        throw new Error('nobody listens');
      }),
    ).rejects.toThrow('nobody listens');
    let changed = false;
    const heard: string[] = [];
    await tellDeployments(harness.db, 10, {
      now: NOW,
      publish: async news => {
        heard.push(news.id);
        if (changed || news.id !== 'd2') return;
        changed = true;
        await harness.tell([
          deployment('d2', { version: '2', occurredAt: at(11) }),
        ]);
        await harness.receive();
      },
    });
    expect(heard.sort()).toEqual(['d1', 'd2']);
    await harness.settle();
    expect(harness.published).toMatchObject([{ id: 'd2', version: '2' }]);
  });
});
