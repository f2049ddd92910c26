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

    // The tables of the pages, row by row.
    const links = await harness
      .db('links')
      .where({ kind: 'commit', counted: true })
      .orderBy('committed_at');
    expect(
      links
        .map(link => (link.finished_at - link.committed_at) / 1_000)
        .sort((a, b) => a - b),
    ).toEqual([1_800, 3_600, 7_200, 15_300, 16_200, 21_600, 86_400, 259_200]);
    const rows = await harness.db('deployments').orderBy('finished_at');
    const hours = rows
      .filter(row => row.success)
      .map(({ finished_at: at }, n, all) =>
        n === 0 ? 0 : (at - all[n - 1].finished_at) / 3_600_000,
      );
    expect(hours.slice(1)).toEqual([27.25, 48.75, 92, 54, 1.5, 21.5, 18]);
    const named = (wanted: (row: (typeof rows)[number]) => unknown) =>
      rows.filter(wanted).map(row => row.ext_id);
    expect(named(row => row.seed)).toEqual(['deploy-1']);
    expect(named(row => row.failed)).toEqual(['deploy-3', 'deploy-5']);
    expect(named(row => row.rework)).toEqual(['deploy-6']);
    expect(named(row => !row.reached)).toEqual(['deploy-7']);
    expect(
      await harness
        .db('incident_links')
        .innerJoin('incidents', 'incidents.fact_key', 'incident_key')
        .orderBy('incidents.ext_id')
        .pluck('incidents.ext_id'),
    ).toEqual(['INC-1', 'INC-2']);

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
