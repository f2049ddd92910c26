import {
  coreServices,
  createBackendPlugin,
  type AuthService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { IntakeResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  deliveryServiceRef,
  type DeliveryService,
} from '@fawkes/backstage-plugin-delivery-node';
import { sha } from './__testUtils__/harness';
import { ago } from './__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';
import { CART, SECRET, STRANGER } from './__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const JANE = mockCredentials.user('user:default/jane');

/** A plugin that has questions, as one of another family would. */
function asker() {
  const asks: { delivery?: DeliveryService; auth?: AuthService } = {};
  const plugin = createBackendPlugin({
    pluginId: 'asker',
    register(env) {
      env.registerInit({
        deps: { delivery: deliveryServiceRef, auth: coreServices.auth },
        init: async deps => void Object.assign(asks, deps),
      });
    },
  });
  return {
    plugin,
    get delivery() {
      return asks.delivery!;
    },
    own: async () => ({
      credentials: await asks.auth!.getOwnServiceCredentials(),
    }),
  };
}

describe('the delivery plugin, asked by another', () => {
  const other = asker();
  let backend: TestBackend;
  let told: IntakeResponse | undefined;
  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
      settings: {
        identityKey: 'a key of some length',
        actorReaders: ['asker'],
      },
      features: [other.plugin],
    });
    told = await other.delivery.tell(
      {
        events: ['cart', 'secret'].map(name => ({
          type: 'deployment' as const,
          source: 'asker',
          id: `${name}-1`,
          occurredAt: ago(2),
          service: name,
          environment: 'production',
          status: 'success' as const,
          finishedAt: ago(2),
          repository: `acme/${name}`,
          sha: sha(name),
          artifact: `pkg:oci/${name}@1`,
          actor: 'user:default/jane',
        })),
      },
      await other.own(),
    );
    await backend.settle();
  });

  it('is told events', () => {
    expect(told).toMatchObject({ accepted: 2, rejected: 0 });
  });

  const idsOf = async (...asked: Parameters<DeliveryService['deployments']>) =>
    (await other.delivery.deployments(...asked))?.items.map(({ id }) => id);

  it('finds deployments by sha, artifact, actor and change', async () => {
    const own = await other.own();
    expect(await idsOf({ sha: sha('cart') }, own)).toEqual(['cart-1']);
    expect(await idsOf({ artifact: 'pkg:oci/cart@1' }, own)).toEqual([
      'cart-1',
    ]);
    expect(
      await idsOf({ actor: 'user:default/jane', scope: [CART] }, own),
    ).toEqual(['cart-1']);
    const page = await other.delivery.deployments({ changedAfter: '0' }, own);
    expect(page?.items).toHaveLength(2);
    expect(
      await idsOf(
        { changedAfter: page?.changedCursor, production: false },
        own,
      ),
    ).toEqual([]);
  });

  it('answers what whoever is behind the question may see', async () => {
    const stranger = { credentials: mockCredentials.user(STRANGER) };
    expect(await idsOf({}, stranger)).toEqual(['cart-1']);
    expect(await idsOf({}, { credentials: JANE })).toHaveLength(2);
    expect(
      await idsOf({ actor: 'user:default/jane' }, { credentials: JANE }),
    ).toHaveLength(2);
    await expect(
      idsOf({ actor: 'user:default/jane' }, stranger),
    ).rejects.toMatchObject({ statusCode: 403 });
    await expect(
      other.delivery.metrics({ scope: [SECRET] }, stranger),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('tells metrics, and what production is', async () => {
    const own = await other.own();
    const metrics = await other.delivery.metrics({ scope: [CART] }, own);
    expect(metrics?.metrics.deploymentFrequency.deployments).toBe(1);
    const classOf = (environment: string) =>
      other.delivery.classOf({ service: CART, environment }, own);
    expect(await classOf('production')).toBe('production');
    expect(await classOf('staging')).toBe('other');
  });

  it('takes labels', async () => {
    const own = await other.own();
    const [{ key }] = (await other.delivery.deployments(
      { sha: sha('cart') },
      own,
    ))!.items;
    const label = { key, source: 'asker' };
    const said = { text: 'Not approved', url: 'https://portal.example' };
    expect(await other.delivery.setLabel({ ...label, ...said }, own)).toBe(
      true,
    );
    expect((await other.delivery.deployment({ key }, own))?.labels).toEqual([
      { source: 'asker', ...said, at: expect.any(String) },
    ]);
    expect(await other.delivery.removeLabel(label, own)).toBe(true);
    expect((await other.delivery.deployment({ key }, own))?.labels).toEqual([]);
    // People have no labels to give, whoever speaks for them.
    await expect(
      other.delivery.setLabel({ ...label, ...said }, { credentials: JANE }),
    ).rejects.toMatchObject({ statusCode: 403 });
  });

  it('says that there is no such deployment, which is not that it is absent', async () => {
    await expect(
      other.delivery.deployment({ key: '0'.repeat(40) }, await other.own()),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('says that it is away', async () => {
    await backend.db.schema.renameTable('deployments', 'deployments_away');
    try {
      await expect(
        other.delivery.deployments({}, await other.own()),
      ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    } finally {
      await backend.db.schema.renameTable('deployments_away', 'deployments');
    }
  });
});

it('is undefined where it is not installed', async () => {
  const other = asker();
  await startTestBackend({ features: [other.plugin] });
  const own = await other.own();
  const label = { key: '0'.repeat(40), source: 'asker' };
  expect(
    await Promise.all([
      other.delivery.metrics({}, own),
      other.delivery.deployments({}, { credentials: JANE }),
      other.delivery.deployment({ key: label.key }, own),
      other.delivery.classOf({ service: CART, environment: 'x' }, own),
      other.delivery.tell({ events: [] }, own),
      other.delivery.setLabel({ ...label, text: 'x', url: 'https://x.y' }, own),
      other.delivery.removeLabel(label, own),
    ]),
  ).toEqual(Array(7).fill(undefined));
});
