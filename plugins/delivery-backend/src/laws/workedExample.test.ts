import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { createHarness } from '../__testUtils__/harness';

const DOCS = resolve(__dirname, '../../../../docs/delivery');
const SERVICE = 'component:default/carrier-invoicing';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** The numbers of docs/delivery/worked-example.md and the pages that use it. */
describe.each(databases.eachSupportedId())('worked example, %s', id => {
  it('comes out as the documents say', async () => {
    const harness = await createHarness(await databases.init(id));
    const events: unknown[] = readFileSync(
      resolve(DOCS, 'worked-example.ndjson'),
      'utf8',
    )
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(await harness.tell(events)).toMatchObject({
      accepted: 22,
      rejected: 0,
    });
    await harness.settle();

    const window = { from: '2026-03-02', to: '2026-03-16' };
    const { metrics } = await harness.metrics([SERVICE], window);
    expect(metrics).toMatchObject({
      deploymentFrequency: {
        deployments: 8,
        perDay: { value: 8 / 14 },
        deployDaysPerWeek: { value: 3.5 },
        timeBetween: { value: 98_100 },
        band: 'high',
      },
      leadTime: {
        count: 8,
        p50: { value: 15_750 },
        p90: { value: expect.closeTo(138_240, 6) },
        mean: { value: 51_412.5 },
      },
      changeFailRate: { rate: { value: 0.25 }, failed: 2, finished: 8 },
      recoveryTime: { p50: { value: 4_050 }, count: 2, open: 0 },
      reworkRate: { rate: { value: 0.125 }, rework: 1, finished: 8 },
      mttr: { mean: { value: 1_900 }, median: { value: 1_500 }, count: 3 },
    });

    const detected = await harness.metrics([SERVICE], {
      ...window,
      recoveryFrom: 'detected',
    });
    expect(detected.metrics.recoveryTime.p50).toEqual({ value: 3_450 });

    const byPullRequest = await harness.metrics([SERVICE], {
      ...window,
      unit: 'pull_request',
    });
    expect(
      byPullRequest.metrics.leadTime.stages.map(
        ({ stage, meanSeconds }) => `${stage} ${meanSeconds / 3600} h`,
      ),
    ).toEqual([
      'coding 4 h',
      'pickup 15 h',
      'review 3 h',
      'merge 1.5 h',
      'deploy 0.5 h',
    ]);
  });
});
