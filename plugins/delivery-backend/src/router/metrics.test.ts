import { TestDatabases } from '@backstage/backend-test-utils';
import {
  metricsByResponseSchema,
  metricsResponseSchema,
  say,
  unknownFigure,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import { walkPages } from '../__testUtils__/pages';
import { ago, deployed, STORY } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import {
  CART,
  DOMAIN,
  IDLE,
  ORGANISATION,
  PAYMENTS,
  SECRET,
  SYSTEM,
  TEAM_CART,
  TEAM_MONEY,
} from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;

beforeAll(async () => {
  backend = await createTestBackend({
    db: await databases.init('SQLITE_3'),
    settings: { sandboxSources: ['stand-in'] },
  });
  await backend.me
    .post('/events', [
      ...STORY,
      deployed('play-1', ago(2, 9), { source: 'stand-in', service: 'cart' }),
    ])
    .expect(202);
  await backend.settle();
});

async function metrics(query: string) {
  const { body } = await backend.me.get(`/metrics?${query}`).expect(200);
  return expectContract(metricsResponseSchema, body);
}

describe('GET /metrics', () => {
  it('answers for a service, sandbox and all', async () => {
    const { scope, metrics: found } = await metrics(`scope=${CART}`);
    expect(scope).toMatchObject({
      entities: [{ ref: CART, title: 'CART' }],
      services: 1,
      sandbox: true,
    });
    expect(found.deploymentFrequency.deployments).toBe(6);
    expect(found.changeFailRate).toMatchObject({ failed: 1, finished: 6 });
    expect(found.recoveryTime.p50).toEqual({ value: 3 * 3600 });
    expect(found.mttr).toMatchObject({ mean: { value: 3600 }, count: 1 });
  });

  it.each([
    ['a system', SYSTEM, 3, 8],
    ['a domain', DOMAIN, 3, 8],
    ['a team', TEAM_MONEY, 2, 4],
    ['a team of one service', TEAM_CART, 1, 5],
    ['a group of groups', ORGANISATION, 3, 8],
  ])(
    'answers for %s, each deployment once',
    async (_, ref, services, count) => {
      const { scope, metrics: found } = await metrics(`scope=${ref}`);
      expect(scope).toMatchObject({ services, sandbox: false });
      expect(found.deploymentFrequency.deployments).toBe(count);
    },
  );

  it('answers for several entities and for everything there is', async () => {
    const both = await metrics(`scope=${CART}&scope=${PAYMENTS}`);
    expect(both.scope).toMatchObject({ services: 2 });
    expect(both.metrics.deploymentFrequency.deployments).toBe(7);
    const all = await metrics('');
    expect(all.scope).toMatchObject({ entities: [], services: 4 });
    expect(all.metrics.deploymentFrequency.deployments).toBe(8);
  });

  it('says why when nothing is known', async () => {
    const { metrics: found, scope } = await metrics(`scope=${IDLE}`);
    expect(scope.firstFactAt).toBeNull();
    expect(found.deploymentFrequency.perDay).toEqual(
      unknownFigure(say('figure.no_facts')),
    );
  });

  it('gives a refusal its code and params, beside the text', async () => {
    const { body } = await backend.me
      .get('/metrics?from=2026-03-02&to=2026-03-01')
      .expect(400);
    const params = {
      from: '2026-03-02T00:00:00.000Z',
      to: '2026-03-01T00:00:00.000Z',
    };
    expect(body.error).toMatchObject({
      name: 'InputError',
      message: say('window.empty', params).text,
      code: 'window.empty',
      params,
    });
  });

  it('takes every switch of the definitions', async () => {
    const answer = await metrics(
      `scope=${CART}&from=${ago(30).slice(0, 10)}&to=${ago(
        0,
      )}&tz=Asia/Tokyo&bucket=month` +
        '&unit=pull_request&start=opened&recoveryFrom=detected&environment=production' +
        '&bands=2021&edition=2024&industry=all',
    );
    expect(answer.window).toMatchObject({ tz: 'Asia/Tokyo', bucket: 'month' });
    expect(answer.metrics.leadTime.count).toBe(1);
    expect(answer.metrics.recoveryTime.p50).toEqual({ value: 3600 });
    expect(answer.benchmark.edition).toBe('2024');
  });

  it('takes as many scopes as the contract allows', async () => {
    const many = Array.from({ length: 200 }, () => `scope=${CART}`).join('&');
    const { scope } = await metrics(many);
    expect(scope).toMatchObject({ services: 1 });
    const { body } = await backend.me
      .get(`/metrics?${many}&scope=${CART}`)
      .expect(400);
    expect(body.error.message).toMatch(/^scope: /);
  });

  it('gives the charts as CSV', async () => {
    const window = `scope=${CART}&from=${ago(21).slice(0, 10)}&to=${ago(
      0,
    ).slice(0, 10)}&bucket=day`;
    const { series } = await metrics(window);
    const { text, headers } = await backend.me
      .get(`/metrics?${window}`)
      .set('Accept', 'text/csv')
      .expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers.vary).toMatch(/Accept/);
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^start,end,partial,deployments,/);
    expect(lines.slice(1).map(line => line.split(',')[3])).toEqual(
      series.map(bucket => String(bucket.deployments)),
    );
  });

  it.each([
    ['from=2026-02-31', 'from'],
    ['from=2026-03-01T09:00:00', 'from'],
    ['from=2026-03-02&to=2026-03-01', 'window'],
    ['from=1980-01-01', '10 years'],
    ['tz=Mars/Olympus', 'tz'],
    ['bucket=hour', 'bucket'],
    ['unit=line', 'unit'],
    ['industry=alchemy', 'alchemy'],
    ['size=tiny', 'tiny'],
    ['scope=', 'scope[0]'],
    ['scope[a]=b', 'scope'],
    ['nonsense=1', 'nonsense'],
    [`environment=${'x'.repeat(201)}`, 'environment'],
    ['bands=custom', 'bands'],
  ])('refuses %s and names the fault', async (query, named) => {
    const { body } = await backend.me.get(`/metrics?${query}`).expect(400);
    expect(body.error.name).toBe('InputError');
    expect(body.error.message).toContain(named);
  });
});

describe('GET /metrics/by', () => {
  const by = async (query: string) => {
    const { body } = await backend.me.get(`/metrics/by?${query}`).expect(200);
    return expectContract(metricsByResponseSchema, body);
  };

  it('gives a row per service', async () => {
    const { items, groupBy } = await by(`scope=${SYSTEM}`);
    expect(groupBy).toBe('service');
    expect(
      items.map(row => [
        row.entity.ref,
        row.metrics.deploymentFrequency.deployments,
      ]),
    ).toEqual([
      [CART, 6],
      [PAYMENTS, 2],
      [SECRET, 2],
    ]);
  });

  it('gives a row per team, without what a sandbox told', async () => {
    const { items } = await by('groupBy=team');
    expect(
      items.map(row => [
        row.entity.ref,
        row.metrics.deploymentFrequency.deployments,
      ]),
    ).toEqual([
      [TEAM_CART, 5],
      [TEAM_MONEY, 4],
    ]);
  });

  it('agrees with the metrics of the same scope and window', async () => {
    const window = `from=${ago(30).slice(0, 10)}&to=${ago(0).slice(0, 10)}`;
    const { items } = await by(window);
    for (const row of items) {
      const { metrics: own } = await metrics(
        `${window}&scope=${row.entity.ref}`,
      );
      expect(row.metrics).toEqual(own);
    }
  });

  it('pages through all rows', async () => {
    const whole = await by('');
    const walked = await walkPages(
      cursor => by(`limit=1${cursor}`),
      whole.items.length,
    );
    expect(walked.map(row => row.entity)).toEqual(
      whole.items.map(row => row.entity),
    );
  });

  it('gives the table as CSV', async () => {
    const { text } = await backend.me
      .get('/metrics/by')
      .set('Accept', 'text/csv')
      .expect(200);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^component:default\/cart,CART,6,/);
  });

  it('refuses a cursor it did not give out', async () => {
    for (const cursor of ['x', 'AAAA', '%00']) {
      const { body } = await backend.me
        .get(`/metrics/by?cursor=${cursor}`)
        .expect(400);
      expect(body.error.message).toMatch(/^cursor/);
    }
  });
});
