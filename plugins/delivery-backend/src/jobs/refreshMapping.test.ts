import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { dayKeyOf } from '@fawkes/backstage-plugin-delivery-common';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { mappingOf } from './mappingOf';
import { refreshMapping } from './refreshMapping';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function component(
  name: string,
  annotations: Record<string, string> = {},
  title?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, title, annotations },
  };
}

describe('mappingOf', () => {
  it('reads the annotations people already have', () => {
    expect(
      mappingOf(
        component(
          'Cart',
          {
            'github.com/project-slug': 'Acme/Cart',
            'gitlab.com/project-slug': 'acme/deep/cart',
            'fawkes.dev/delivery-paths': 'cart/**, shared/**',
            'fawkes.dev/delivery-environments': 'live',
            'fawkes.dev/delivery-sample': 'true',
          },
          'The cart',
        ),
      ),
    ).toEqual({
      service: 'component:default/cart',
      title: 'The cart',
      repositories: ['github.com/acme/cart', 'gitlab.com/acme/deep/cart'],
      paths: ['cart/**', 'shared/**'],
      environments: ['live'],
      sample: true,
    });
  });

  it('takes an entity that says nothing', () => {
    expect(mappingOf(component('a'))).toEqual({
      service: 'component:default/a',
      title: 'a',
      repositories: [],
      paths: [],
      environments: [],
      sample: false,
    });
  });
});

describe.each(databases.eachSupportedId())('refreshMapping, %s', databaseId => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness(await databases.init(databaseId));
  });
  beforeEach(() => harness.clear());

  const refresh = (entities: Entity[]) =>
    refreshMapping({
      db: harness.db,
      catalog: catalogServiceMock({ entities }),
      auth: mockServices.auth(),
      apply: { now: NOW, dayOf: ms => dayKeyOf(ms, 'UTC') },
    });

  it('reads every page of the catalog, and only what changed', async () => {
    const many = Array.from({ length: 501 }, (_, n) =>
      component(`s${n}`, { 'github.com/project-slug': `acme/s${n}` }),
    );
    expect(await refresh(many)).toBe(501);
    expect(await refresh(many)).toBe(0);
    const [, ...rest] = many;
    expect(
      await refresh([
        ...rest,
        component('new'),
        component('s1', {}, 'renamed'),
      ]),
    ).toBe(3);
    const services = await harness.db('services').select('service_ref');
    expect(services).toHaveLength(501);
    expect(await harness.db('service_repositories')).toHaveLength(499);
  });

  it('links history to a service once it claims the repository', async () => {
    await refresh([component('a')]);
    await harness.tell([
      {
        type: 'deployment',
        source: 'ci',
        id: 'd1',
        occurredAt: '2026-06-01T00:00:00Z',
        environment: 'production',
        status: 'success',
        finishedAt: '2026-06-01T00:00:00Z',
        repository: 'acme/a',
      },
    ]);
    await harness.settle();
    const count = async () => {
      const { metrics } = await harness.metrics(['component:default/a']);
      return metrics.deploymentFrequency.deployments;
    };
    expect(await count()).toBe(0);
    await refresh([component('a', { 'github.com/project-slug': 'acme/a' })]);
    await harness.settle();
    expect(await count()).toBe(1);
    await refresh([component('a')]);
    await harness.settle();
    expect(await count()).toBe(0);
  });

  it('is not kept from its work by an entity no table holds', async () => {
    await refresh([
      component(
        'long',
        { 'github.com/project-slug': `a/${'x'.repeat(700)}` },
        'T'.repeat(600),
      ),
      component('odd', { 'github.com/project-slug': 'a/\ud800\u0000' }),
      component('twice', {
        'github.com/project-slug': 'acme/b',
        'gitlab.com/project-slug': 'https://github.com/acme/b.git',
      }),
      component('fine', { 'github.com/project-slug': 'acme/a' }),
    ]);
    expect(
      (await harness.db('service_repositories').orderBy('service_ref')).map(
        row => [row.service_ref, row.repository],
      ),
    ).toEqual([
      ['component:default/fine', 'github.com/acme/a'],
      ['component:default/twice', 'github.com/acme/b'],
    ]);
    await harness.settle();
  });

  it('leaves everything as it was when the catalog does not answer', async () => {
    await refresh([component('a')]);
    const catalog = catalogServiceMock.mock();
    catalog.queryEntities.mockRejectedValue(new Error('away'));
    await expect(
      refreshMapping({
        db: harness.db,
        catalog,
        auth: mockServices.auth(),
        apply: { now: NOW, dayOf: ms => dayKeyOf(ms, 'UTC') },
      }),
    ).rejects.toThrow('away');
    expect(await harness.db('services')).toHaveLength(1);
  });
});
