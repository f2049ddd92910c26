import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { dayKeyOf } from '@fawkes/backstage-plugin-delivery-common';
import { component } from '../__testUtils__/component';
import {
  createHarness,
  NOW,
  sha,
  type Harness,
} from '../__testUtils__/harness';
import { refreshMapping } from './refreshMapping';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const AT = '2026-06-01T00:00:00Z';

/** Three commits with paths that extended globs choke on, deployed for each. */
function monorepo(...services: string[]) {
  const commits = ['a', 'b', 'c'].map((name, n, names) => ({
    type: 'change',
    kind: 'commit',
    source: 'git',
    id: name,
    occurredAt: AT,
    repository: 'acme/mono',
    sha: sha(name),
    parents: n > 0 ? [sha(names[n - 1])] : [],
    authoredAt: AT,
    committedAt: AT,
    paths: [`${'a'.repeat(40)}!${n > 1 ? '/x' : ''}`],
  }));
  const deployments = services.flatMap(service =>
    ['a', 'c'].map((name, n) => ({
      type: 'deployment',
      source: 'ci',
      id: `${service}-${name}`,
      service: `component:default/${service}`,
      occurredAt: `2026-06-0${n + 2}T00:00:00Z`,
      environment: 'production',
      status: 'success',
      finishedAt: `2026-06-0${n + 2}T00:00:00Z`,
      repository: 'acme/mono',
      sha: sha(name),
    })),
  );
  return [...commits, ...deployments];
}

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

  it('derives every service, whatever its annotations say', async () => {
    const paths = (text: string) => ({
      'github.com/project-slug': 'acme/mono',
      'fawkes.dev/delivery-paths': text,
    });
    await refresh([
      component('extended', paths('+(a*)b')),
      component('stars', paths(`${'*a'.repeat(100)}b`)),
      component('groups', paths('(a+)+b, x/**')),
      component('long', paths('a'.repeat(70_000))),
      component('slashes', {
        'github.com/project-slug': `h/${'/'.repeat(60_000)}a`,
      }),
      component('peeled', {
        'github.com/project-slug': `h/a${'.git'.repeat(16_000)}`,
      }),
      component('fine', paths('a*/**')),
    ]);
    await harness.tell(monorepo('extended', 'stars', 'groups', 'long', 'fine'));
    await harness.settle();
    expect(await harness.db('dirty_services')).toEqual([]);
    const rows = await harness
      .db('deployments')
      .where('ext_id', 'like', '%-c')
      .orderBy('ext_id');
    // Without a pattern that is taken, both commits count; `stars` fits none.
    expect(rows.map(row => [row.ext_id, row.changes])).toEqual([
      ['extended-c', 2],
      ['fine-c', 1],
      ['groups-c', 0],
      ['long-c', 2],
      ['stars-c', 0],
    ]);
    expect(await harness.db('service_repositories')).toHaveLength(5);
  });

  it.each([
    ['extended globs', '+(a*)b'],
    ['a glob longer than one may be', 'a'.repeat(70_000)],
  ])('derives with %s an earlier version wrote down', async (_, glob) => {
    const service = 'component:default/a';
    const repositories = ['github.com/acme/mono'];
    await harness.map({ service, repositories, paths: [glob] });
    await harness.tell(monorepo('a'));
    await harness.settle();
    expect(await harness.db('dirty_services')).toEqual([]);
    const rows = await harness.db('deployments').orderBy('ext_id');
    expect(rows.map(row => [row.ext_id, row.changes])).toEqual([
      ['a-a', 0],
      ['a-c', 2],
    ]);
  });

  it('leaves everything as it was when the catalog does not answer', async () => {
    await refresh([component('a')]);
    const catalog = catalogServiceMock.mock();
    catalog.streamEntities.mockImplementation(async function* away() {
      yield [component('b')];
      throw new Error('away');
    });
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
