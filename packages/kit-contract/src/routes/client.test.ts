import { z } from 'zod';
import { addressOf, createClient } from './client';
import { defineRoute } from './route';

const thing = z.object({ name: z.string() });
const who = ['user'] as const;
const routes = {
  getThings: defineRoute({
    method: 'get',
    path: '/things',
    summary: 'Things',
    query: z.object({
      scope: z.array(z.string()).default([]),
      limit: z.coerce.number().default(5),
      old: z.boolean().optional(),
    }),
    answer: z.array(thing),
    csv: true,
    who,
    audit: 'thing',
  }),
  getThing: defineRoute({
    method: 'get',
    path: '/things/:key/parts/:part',
    summary: 'A thing',
    answer: thing,
    who,
    audit: 'thing',
  }),
  renameThing: defineRoute({
    method: 'post',
    path: '/things/:key',
    summary: 'Rename a thing',
    body: thing,
    who,
    audit: 'thing',
  }),
  sendLines: defineRoute({
    method: 'post',
    path: '/lines',
    summary: 'Lines',
    raw: { content: { 'text/plain': z.string() } },
    who,
    audit: 'thing',
  }),
};

function answering(response: Response, baseUrl: string = 'plugin://things') {
  const fetch = jest.fn(async (_url: string, _init: RequestInit) =>
    response.clone(),
  );
  return { client: createClient(routes, { fetch, baseUrl }), fetch };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

describe('createClient', () => {
  it('repeats lists, writes flags and numbers as text, leaves out the undefined', async () => {
    const { client, fetch } = answering(json([]));
    const { signal } = new AbortController();
    await client.getThings(
      { scope: ['a:b/c', 'd'], limit: 2, old: false },
      { signal },
    );
    await client.getThings({ scope: undefined });
    await client.getThings();
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'plugin://things/things?scope=a%3Ab%2Fc&scope=d&limit=2&old=false',
      'plugin://things/things',
      'plugin://things/things',
    ]);
    expect(fetch.mock.calls[0][1]).toMatchObject({
      method: 'GET',
      signal,
      headers: { Accept: 'application/json' },
    });
  });

  it('escapes what goes into the path', async () => {
    const { client, fetch } = answering(json({ name: 'x' }));
    await expect(
      client.getThing({ key: 'a/b?c', part: 'ü..' }),
    ).resolves.toEqual({ name: 'x' });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://things/things/a%2Fb%3Fc/parts/%C3%BC..',
    );
  });

  it('sends a body as JSON and needs no answer', async () => {
    const { client, fetch } = answering(new Response(null, { status: 204 }));
    await expect(
      client.renameThing({ key: 'k', body: { name: 'new' } }),
    ).resolves.toBeUndefined();
    expect(fetch.mock.calls[0]).toMatchObject([
      'plugin://things/things/k',
      {
        method: 'POST',
        body: '{"name":"new"}',
        headers: { 'Content-Type': 'application/json' },
      },
    ]);
  });

  it('sends a raw body as it is', async () => {
    const { client, fetch } = answering(new Response(null, { status: 204 }));
    await client.sendLines({ body: 'a\nb', contentType: 'text/plain' });
    expect(fetch.mock.calls[0][1]).toMatchObject({
      body: 'a\nb',
      headers: { 'Content-Type': 'text/plain' },
    });
  });

  it('asks for CSV by the Accept header', async () => {
    const { client, fetch } = answering(new Response('a,b\r\n'));
    await expect(client.csv.getThings({ limit: 1 })).resolves.toBe('a,b\r\n');
    expect(fetch.mock.calls[0]).toMatchObject([
      'plugin://things/things?limit=1',
      { headers: { Accept: 'text/csv' } },
    ]);
  });

  it('looks its address up for each request', async () => {
    const fetch = jest.fn(async () => json([]));
    const baseUrl = jest.fn(async () => 'http://127.0.0.1:1/api/things');
    const client = createClient(routes, { fetch, baseUrl });
    await client.getThings();
    await client.getThings({}, { headers: { Authorization: 'Bearer t' } });
    expect(fetch.mock.calls).toMatchObject([
      ['http://127.0.0.1:1/api/things/things', {}],
      [
        'http://127.0.0.1:1/api/things/things',
        { headers: { Authorization: 'Bearer t' } },
      ],
    ]);
    expect(baseUrl).toHaveBeenCalledTimes(2);
  });

  it('throws what the backend said', async () => {
    const { client } = answering(
      json(
        {
          error: { name: 'NotAllowedError', message: 'not yours' },
          response: { statusCode: 403 },
        },
        403,
      ),
    );
    await expect(client.getThings()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      body: { error: { message: 'not yours' } },
    });
  });
});

it.each(['', '.', '..'])('leads to no other route by a key %j', async key => {
  const route = { path: '/things/:key/marks' };
  expect(() => addressOf(route, { key })).toThrow(/cannot be the key/);
  expect(addressOf(route, { key: '...' })).toBe('/things/.../marks');
});
