import { DeliveryClient } from './DeliveryClient';

function clientAnswering(response: Response) {
  const fetch = jest.fn(
    async (_input: RequestInfo | URL, _init?: RequestInit) => response.clone(),
  );
  return { client: new DeliveryClient({ fetchApi: { fetch } }), fetch };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

describe('DeliveryClient', () => {
  it('repeats lists, leaves out what is undefined and passes the abort signal', async () => {
    const { client, fetch } = clientAnswering(json({ asOf: 'now' }));
    const { signal } = new AbortController();

    await client.getMetrics(
      {
        scope: ['component:default/a', 'component:default/b'],
        from: '2026-01-01',
        tz: 'Europe/Berlin',
        to: undefined,
      },
      { signal },
    );

    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://delivery/metrics?scope=component%3Adefault%2Fa&scope=component%3Adefault%2Fb&from=2026-01-01&tz=Europe%2FBerlin',
    );
    expect(fetch.mock.calls[0][1]?.signal).toBe(signal);
  });

  it('writes flags and numbers as text', async () => {
    const { client, fetch } = clientAnswering(json({ items: [] }));
    await client.getDeployments({ production: false, failed: true, limit: 50 });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://delivery/deployments?production=false&failed=true&limit=50',
    );
  });

  it('escapes keys in paths', async () => {
    const { client, fetch } = clientAnswering(json({}));
    await client.getDeployment('a/b c');
    await client.getChange('x?y');
    await client.startBackfill('git/eu');
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'plugin://delivery/deployments/a%2Fb%20c',
      'plugin://delivery/changes/x%3Fy',
      'plugin://delivery/sources/git%2Feu/backfill',
    ]);
  });

  it('asks for CSV by the Accept header', async () => {
    const { client, fetch } = clientAnswering(new Response('a,b\r\n1,2\r\n'));
    await expect(
      client.getCsv({ resource: 'metrics/by', query: { groupBy: 'team' } }),
    ).resolves.toBe('a,b\r\n1,2\r\n');
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://delivery/metrics/by?groupBy=team',
    );
    expect(fetch.mock.calls[0][1]?.headers).toEqual({ Accept: 'text/csv' });
  });

  it('posts a mark as JSON and does not need an answer', async () => {
    const { client, fetch } = clientAnswering(
      new Response(null, { status: 204 }),
    );
    await client.markDeployment('k', { verdict: 'failed', reason: 'outage' });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://delivery/deployments/k/marks',
    );
    expect(fetch.mock.calls[0][1]).toMatchObject({
      method: 'POST',
      body: '{"verdict":"failed","reason":"outage"}',
    });
  });

  it('throws what the backend said', async () => {
    const { client } = clientAnswering(
      json(
        {
          error: { name: 'NotAllowedError', message: 'not yours' },
          response: { statusCode: 403 },
        },
        403,
      ),
    );
    await expect(client.getIntake()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      body: { error: { message: 'not yours' } },
    });
  });
});
