import {
  broke,
  committed,
  deployed,
  describeSettled,
  of,
  SHOP,
  CART,
  SHOP_REPOSITORY,
  type Settled,
} from '../../__testUtils__/settled';

async function inProduction(settled: Settled): Promise<string[]> {
  return Object.entries(await settled.rows())
    .filter(([, row]) => row.production)
    .map(([id]) => id)
    .sort();
}

const EVERYWHERE = [
  'production',
  'prod',
  'Production',
  'PROD',
  'prod-eu',
  'preproduction',
  'live',
].map(environment => deployed(environment, '02T10:00', { environment }));

describeSettled('settled: production', settled => {
  it('is prod or production in any case', async () => {
    await settled().say(...EVERYWHERE);
    expect(await inProduction(settled())).toEqual([
      'PROD',
      'Production',
      'prod',
      'production',
    ]);
  });

  it('is what the annotation names, for that service', async () => {
    await settled().map({ service: CART, environments: ['LIVE', 'prod-eu'] });
    await settled().say(
      ...EVERYWHERE.map(event => ({ ...event, service: CART })),
    );
    const rows = Object.values(await settled().rows(CART));
    expect(
      rows.filter(row => row.production).map(row => row.environment),
    ).toEqual(expect.arrayContaining(['live', 'prod-eu']));
    expect(rows.filter(row => row.production)).toHaveLength(2);
  });

  it('has a chain for each environment; a change ends at the earliest', async () => {
    await settled().say(
      committed('c1', '01T09:00'),
      committed('c2', '02T09:00', ['c1']),
      deployed('one1', '01T10:00', of('c1')),
      deployed('two1', '01T10:00', { ...of('c1'), environment: 'prod' }),
      deployed('two2', '02T11:00', { ...of('c2'), environment: 'prod' }),
    );
    expect(await settled().brought()).toEqual({ two2: ['c2'] });
    // Told later, and earlier in the chain that is told later.
    await settled().say(deployed('one2', '02T10:00', of('c2')));
    expect(await settled().brought()).toEqual({ one2: ['c2'] });
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.leadTime).toMatchObject({ count: 1, p50: { value: 3600 } });
    const prod = await settled().metrics([SHOP], { environment: 'prod' });
    expect(prod.metrics.deploymentFrequency.deployments).toBe(2);
    expect(prod.metrics.leadTime.count).toBe(0);
  });

  it('takes success for frequency, seed and content; also rolled_back for the rates', async () => {
    await settled().say(
      committed('c1', '01T09:00'),
      committed('c2', '02T09:00', ['c1']),
      deployed('never', '01T08:00', { ...of('c2'), status: 'failure' }),
      deployed('d1', '01T10:00', of('c1')),
      deployed('undone', '02T10:00', { ...of('c2'), status: 'rolled_back' }),
      deployed('gone', '02T11:00', { ...of('c2'), status: 'cancelled' }),
      deployed('d2', '02T12:00', of('c2')),
    );
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    const { d1, never, gone, undone } = await settled().rows();
    expect([d1.seed, never.failed, gone.failed, undone.failed]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.deploymentFrequency.deployments).toBe(2);
    expect(metrics.changeFailRate).toMatchObject({ finished: 3, failed: 1 });
    expect(metrics.reworkRate).toMatchObject({ finished: 3 });
  });

  it('forgets the verdict on what turns out not to have reached it', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('i1', '02T11:00'),
      deployed('d2', '03T10:00', { kind: 'hotfix' }),
    );
    expect((await settled().rows()).d1).toMatchObject({ failed: true });
    await settled().say(
      deployed('d1', '02T10:00', {
        status: 'cancelled',
        occurredAt: '2026-06-04T10:00:00.000Z',
      }),
    );
    expect((await settled().rows()).d1).toMatchObject({
      failed: false,
      causes: '[]',
      recovered_at: null,
      gap_seconds: null,
    });
  });
});

describeSettled(
  'settled: production by configuration',
  settled => {
    it('holds for every source alike', async () => {
      await settled().say(
        ...EVERYWHERE,
        deployed('argo', '02T10:00', { source: 'argo', environment: 'Live' }),
      );
      expect(await inProduction(settled())).toEqual(['argo', 'live']);
    });
  },
  { productionEnvironments: '^live$' },
);

describeSettled(
  'settled: a sandbox source',
  settled => {
    it('counts for its own component only', async () => {
      await settled().map({
        service: CART,
        repositories: [`${SHOP_REPOSITORY}2`],
      });
      await settled().say(
        deployed('real', '02T10:00', { service: CART }),
        deployed('play1', '02T10:00', { source: 'demo' }),
        deployed('play2', '03T10:00', { source: 'demo', kind: 'hotfix' }),
        broke('i', '02T11:00', { source: 'demo' }),
      );
      const own = await settled().metrics([SHOP]);
      expect(own.scope.sandbox).toBe(true);
      expect(own.metrics.deploymentFrequency.deployments).toBe(2);
      expect(own.metrics.changeFailRate.failed).toBe(1);
      expect(own.metrics.mttr.open).toBe(1);
      const wide = await settled().metrics([SHOP, CART]);
      expect(wide.scope.sandbox).toBe(false);
      expect(wide.metrics.deploymentFrequency.deployments).toBe(1);
      expect(wide.metrics.changeFailRate).toMatchObject({
        failed: 0,
        finished: 1,
      });
      expect(wide.metrics.mttr.open).toBe(0);
    });
  },
  { sandboxSources: ['demo'] },
);
