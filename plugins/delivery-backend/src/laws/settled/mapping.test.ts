import { NOW, sha } from '../../__testUtils__/harness';
import {
  at,
  broke,
  CART,
  committed,
  deployed,
  describeSettled,
  of,
  SHOP,
  SHOP_REPOSITORY,
} from '../../__testUtils__/settled';
import { unmapped, type ServiceMapping } from '../../derive/serviceMapping';
import { rebuildIfChanged } from '../../jobs/rebuildIfChanged';
import { saveMappings } from '../../jobs/refreshMapping';
import { tallyFromRollups } from '../../measure/tallyScope';
import {
  dayKeyOf,
  mergeTallies,
} from '@fawkes/backstage-plugin-delivery-common';
import { inTransaction } from '@fawkes/kit-backend/sql';

const OTHER = 'github.com/acme/other';

/** A deployment that leaves its service to the mapping. */
function unnamed(id: string, time: string, fields: object = {}) {
  const event: Record<string, unknown> = { ...deployed(id, time), ...fields };
  delete event.service;
  return event;
}

describeSettled('settled: mapping', settled => {
  const remap = async (
    ...mappings: Array<Partial<ServiceMapping> & { service: string }>
  ) => {
    await inTransaction(settled().db, tx =>
      saveMappings(
        tx,
        new Map(
          mappings.map(mapping => [
            mapping.service,
            { ...unmapped(mapping.service), ...mapping },
          ]),
        ),
        { now: NOW, dayOf: ms => dayKeyOf(ms, 'UTC') },
      ),
    );
    await settled().settle();
  };
  const deployments = async (scope: string[]) =>
    (await settled().metrics(scope)).metrics.deploymentFrequency.deployments;
  const rolledUp = async (services: string[], others: string[]) =>
    mergeTallies(
      (
        await tallyFromRollups(
          settled().db,
          {
            services,
            others,
            deployments: 0,
            fromMs: Date.parse(at('01T00:00')),
            toMs: Date.parse(at('20T00:00')),
            tz: 'UTC',
            asOfMs: NOW,
            unit: 'commit',
            start: 'committed',
            recoveryFrom: 'finished',
            withSandbox: false,
            byMonth: false,
          },
          settled().config,
        )
      ).values(),
    );

  const history = [
    committed('c1', '01T09:00'),
    committed('c2', '02T09:00', ['c1']),
    unnamed('d1', '01T10:00', of('c1')),
    unnamed('d2', '02T10:00', of('c2')),
  ];

  it('keeps unmapped facts and links their history when a mapping comes', async () => {
    await remap();
    await settled().say(...history);
    expect(await settled().rows()).toEqual({});
    await remap({ service: SHOP, repositories: [SHOP_REPOSITORY] });
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
    await remap({ service: SHOP, repositories: [OTHER] });
    expect(await settled().rows()).toEqual({});
    expect(await settled().db('links').select('*')).toEqual([]);
    expect(await settled().db('service_facts').select('*')).toEqual([]);
  });

  it('re-links history when the environments of a service change', async () => {
    await settled().say(...history);
    const mapping = { service: SHOP, repositories: [SHOP_REPOSITORY] };
    await remap({ ...mapping, environments: ['live'] });
    expect(await settled().brought()).toEqual({});
    expect(await deployments([SHOP])).toBe(0);
    await remap(mapping);
    expect(await settled().brought()).toEqual({ d2: ['c2'] });
  });

  it('gives each service of a shared repository the commits that touch it', async () => {
    await settled().map({ service: CART, repositories: [OTHER] });
    await remap(
      { service: SHOP, repositories: [SHOP_REPOSITORY], paths: ['shop/**'] },
      {
        service: CART,
        repositories: [SHOP_REPOSITORY],
        paths: ['cart/**', 'lib/*.ts'],
      },
    );
    const paths = (...names: string[]) => ({ paths: names });
    await settled().say(
      committed('c1', '01T09:00'),
      committed('c2', '02T09:00', ['c1'], paths('shop/a.ts')),
      committed('c3', '02T10:00', ['c2'], paths('cart/.hidden', 'shop/b.ts')),
      committed('c4', '02T11:00', ['c3'], paths('lib/deep/x.ts')),
      committed('c5', '02T12:00', ['c4'], paths('lib/x.ts')),
      committed('c6', '02T13:00', ['c5']),
      committed('c7', '02T14:00', ['c6'], paths()),
      unnamed('d1', '01T10:00', of('c1')),
      unnamed('d2', '03T10:00', of('c7')),
    );
    expect(await settled().brought(SHOP)).toEqual({ d2: ['c2', 'c3', 'c6'] });
    expect(await settled().brought(CART)).toEqual({ d2: ['c3', 'c5', 'c6'] });
  });

  it('counts one id rolled out to several services once in wide scopes', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d1', '02T10:30', { service: CART }),
      deployed('d2', '03T10:00', { service: CART }),
      deployed('d1', '04T10:00', { source: 'other' }),
    );
    expect(await deployments([SHOP])).toBe(2);
    expect(await deployments([CART])).toBe(2);
    expect(await deployments([SHOP, CART])).toBe(3);
    expect((await rolledUp([SHOP, CART], [])).deployments).toBe(3);
  });

  it('counts it once also when the services are told days apart', async () => {
    await settled().say(deployed('d1', '02T10:00'));
    expect((await settled().rows()).d1).toMatchObject({ shared: false });
    await settled().say(deployed('d1', '03T10:00', { service: CART }));
    expect((await settled().rows()).d1).toMatchObject({ shared: true });
    expect(await deployments([SHOP, CART])).toBe(1);
    expect((await rolledUp([SHOP, CART], [])).deployments).toBe(1);
    await settled().say(
      deployed('d1', '03T10:00', {
        service: CART,
        deleted: true,
        occurredAt: at('05T10:00'),
      }),
    );
    expect((await settled().rows()).d1).toMatchObject({ shared: false });
    expect((await rolledUp([SHOP, CART], [])).deployments).toBe(1);
  });

  it('counts it once also when it was told with and without its service', async () => {
    await settled().say(
      deployed('d1', '02T10:00', of('c1')),
      unnamed('d1', '03T10:00', of('c1')),
    );
    expect(await deployments([SHOP])).toBe(1);
    expect((await rolledUp([SHOP], [])).deployments).toBe(1);
    // Of the two facts the one that finished first is the deployment.
    const days = await settled().db('rollup_days').where('unit', 'commit');
    expect(days.map(row => [row.day, JSON.parse(row.tally).d])).toEqual([
      ['2026-06-02', 1],
    ]);
    expect(Object.keys(await settled().rows())).toEqual(['d1']);
  });

  it('counts one deployment of two repositories of two services once', async () => {
    await remap(
      { service: SHOP, repositories: [SHOP_REPOSITORY] },
      { service: CART, repositories: [OTHER] },
    );
    await settled().say(
      broke('i', '02T11:00', { service: CART }),
      unnamed('d1', '02T10:00', {
        parts: [of('c1'), { repository: OTHER, sha: sha('o1') }],
      }),
    );
    const { metrics } = await settled().metrics([SHOP, CART]);
    expect(metrics.deploymentFrequency.deployments).toBe(1);
    expect(metrics.changeFailRate).toMatchObject({ failed: 1, finished: 1 });
    const rolled = await rolledUp([SHOP, CART], []);
    expect(rolled).toMatchObject({ deployments: 1, failed: 1, reached: 1 });
    // Taking a repository away makes the deployment the shop's alone.
    await remap(
      { service: SHOP, repositories: [SHOP_REPOSITORY] },
      { service: CART },
    );
    expect((await settled().rows()).d1).toMatchObject({ shared: false });
  });

  it('tells a scope nothing about services outside of it, deployments or not', async () => {
    const hidden = 'component:default/hidden';
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d2', '02T10:00', { service: CART }),
      broke('i', '02T12:00', { service: hidden }),
    );
    const rolled = await rolledUp([SHOP, CART], []);
    expect(rolled).toMatchObject({ deployments: 2, openIncidents: 0 });
  });

  it('finds the service of an incident by its repository, where one lives there', async () => {
    const reported = (...told: Parameters<typeof broke>) => {
      const { service, ...event } = broke(...told);
      return event;
    };
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d2', '02T10:00', { service: CART }),
      reported('i', '02T11:00', { repository: 'https://github.com/Acme/Shop' }),
      reported('j', '02T12:00', { repository: OTHER }),
      reported('k', '02T13:00', { repository: OTHER, causedBy: 'd2' }),
      broke('l', '02T14:00', { service: CART, repository: SHOP_REPOSITORY }),
    );
    const openFor = async (service: string) =>
      (await rolledUp([service], [])).openIncidents;
    expect(await settled().linked()).toEqual(['i → d1', 'k → d2', 'l → d2']);
    expect(await openFor(SHOP)).toBe(1);
    expect(await openFor(CART)).toBe(1);

    const unclaimed = async () =>
      (await settled().quality()).unmapped.map(({ what, facts }) => [
        what,
        facts,
      ]);
    expect(await unclaimed()).toContainEqual([`Incidents in ${OTHER}`, 2]);

    // Somebody moves in, and history follows.
    await remap(
      { service: SHOP, repositories: [SHOP_REPOSITORY] },
      { service: CART, repositories: [OTHER] },
    );
    expect(await settled().linked()).toEqual([
      'i → d1',
      'j → d2',
      'k → d2',
      'l → d2',
    ]);
    expect(await openFor(CART)).toBe(3);

    expect(await unclaimed()).toEqual([]);

    // Two live there now: which of them it was, nothing says.
    await remap(
      { service: SHOP, repositories: [SHOP_REPOSITORY, OTHER] },
      { service: CART, repositories: [OTHER] },
    );
    expect(await settled().linked()).toEqual(['i → d1', 'k → d2', 'l → d2']);
    expect(await openFor(CART)).toBe(1);
    expect((await settled().rows(CART)).d2.failed).toBe(true);

    // Told anew with its service, an incident goes there.
    await settled().say(
      broke('i', '02T11:00', { service: CART, occurredAt: at('03T10:00') }),
    );
    expect(await openFor(SHOP)).toBe(0);
    expect((await settled().rows(SHOP)).d1.failed).toBe(false);
    expect(await openFor(CART)).toBe(2);
  });

  it('makes roll-ups anew when a setting changes, incidents and all', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('i', '07T12:00'),
      broke('j', '08T12:00', { service: 'component:default/quiet' }),
    );
    const { db, config } = settled();
    await rebuildIfChanged(db, config, NOW);
    await settled().settle();
    expect(await rebuildIfChanged(db, config, NOW)).toBe(false);
    const changed = { ...config, incidentWindowMs: 1 };
    expect(await rebuildIfChanged(db, changed, NOW)).toBe(true);
    await settled().settle();
    const services = [SHOP, CART, 'component:default/quiet'];
    expect(await rolledUp(services, [])).toMatchObject({
      deployments: 1,
      openIncidents: 2,
    });
  });

  it('judges everything anew, also where a newer deployment waits to be derived', async () => {
    await settled().say(deployed('d1', '02T10:00'), broke('i', '02T12:00'));
    await settled().say(deployed('d2', '05T10:00'));
    const { db, config } = settled();
    await rebuildIfChanged(db, config, NOW);
    await settled().settle();
    // What a rule of before may have said, and one deployment that waits.
    await db('deployments')
      .where('ext_id', 'd1')
      .update({ failed: false, causes: '[]', recovered_at: 1 });
    await settled().tell([deployed('d3', '08T10:00')]);
    await settled().receive();
    const [waiting] = await db('dirty_services');
    expect(waiting.judge_from).toBe(Date.parse(at('08T10:00')));
    await rebuildIfChanged(db, { ...config, incidentWindowMs: 1e9 }, NOW);
    await settled().settle();
    expect((await settled().rows()).d1).toMatchObject({ failed: true });
  });
});
