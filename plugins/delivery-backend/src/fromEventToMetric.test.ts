import { TestDatabases } from '@backstage/backend-test-utils';
import { createHarness, sha } from './__testUtils__/harness';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const A = 'component:default/a';

describe.each(databases.eachSupportedId())('from event to metric, %s', id => {
  it('finds the changes of a deployment and their lead time', async () => {
    const harness = await createHarness(await databases.init(id));
    await harness.map({ service: A, repositories: ['github.com/acme/a'] });
    const commit = (n: number, at: string) => ({
      type: 'change',
      kind: 'commit',
      source: 'test',
      id: `c${n}`,
      occurredAt: at,
      repository: 'acme/a',
      sha: sha(n),
      parents: n > 1 ? [sha(n - 1)] : [],
      authoredAt: at,
      committedAt: at,
    });
    const deployment = (n: number, at: string) => ({
      type: 'deployment',
      source: 'test',
      id: `d${n}`,
      occurredAt: at,
      environment: 'production',
      status: 'success',
      finishedAt: at,
      repository: 'acme/a',
      sha: sha(n),
    });
    const result = await harness.tell([
      deployment(3, '2026-06-02T13:15:00Z'),
      commit(1, '2026-05-01T09:00:00Z'),
      commit(3, '2026-06-02T09:00:00Z'),
      deployment(1, '2026-05-01T10:00:00Z'),
      { type: 'deployment', nonsense: true },
    ]);
    expect(result).toMatchObject({ accepted: 4, rejected: 1 });
    await harness.settle();
    await harness.tell([
      commit(2, '2026-06-02T09:00:00Z'),
      {
        type: 'incident',
        source: 'pager',
        id: 'i1',
        occurredAt: '2026-06-02T15:00:00Z',
        service: A,
        openedAt: '2026-06-02T14:00:00Z',
        resolvedAt: '2026-06-02T14:00:00Z',
      },
    ]);
    await harness.settle();
    const { metrics } = await harness.metrics([A]);
    expect(metrics.deploymentFrequency.deployments).toBe(2);
    expect(metrics.leadTime).toMatchObject({
      count: 2,
      p50: { value: (4 * 60 + 15) * 60 },
    });
    expect(metrics.changeFailRate.rate).toEqual({ value: 0.5 });
    expect(metrics.recoveryTime.p50).toEqual({ value: 45 * 60 });
    expect(
      await harness.db('links').where('coverage', 'seed').select('*'),
    ).toHaveLength(1);
  });
});
