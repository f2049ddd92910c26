import { ResponseError } from '@backstage/errors';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { defineRoute } from '@fawkes/kit-contract';
import { z } from 'zod';
import { AwayError } from './errors';
import { pluginClient, type PluginClientDeps } from './pluginClient';

const routes = {
  getList: defineRoute({
    method: 'get',
    path: '/lists/:key',
    summary: 'A list',
    query: z.strictObject({ limit: z.coerce.number().default(10) }),
    answer: z.object({ items: z.array(z.string()) }),
    who: ['service'],
    audit: 'list',
  }),
  putNote: defineRoute({
    method: 'put',
    path: '/lists/:key/note',
    summary: 'A note',
    body: z.object({ text: z.string() }),
    who: ['service'],
    audit: 'list',
  }),
};

const credentials = mockCredentials.user('user:default/jane');
const OURS = { 'X-Correlation-ID': 'theirs' };
const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { ...OURS, 'Content-Type': 'application/json' },
  });

function clientOf(
  fetch: NonNullable<PluginClientDeps['fetch']>,
  discovery: PluginClientDeps['discovery'] = {
    getBaseUrl: async id => `https://portal.example/api/${id}`,
    getExternalBaseUrl: async id => `https://portal.example/api/${id}`,
  },
) {
  const auth = mockServices.auth({ pluginId: 'asker' });
  return pluginClient(routes, 'lists', { auth, discovery, fetch });
}

describe('pluginClient', () => {
  it('asks on behalf of the caller', async () => {
    const fetch = jest.fn(async () => json({ items: ['a'] }));
    const answer = await clientOf(fetch).getList(
      { key: 'a/b', limit: 3 },
      { credentials, correlationId: 'ours' },
    );
    expect(answer).toEqual({ items: ['a'] });
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example/api/lists/lists/a%2Fb?limit=3',
      expect.objectContaining({
        method: 'GET',
        signal: expect.any(AbortSignal),
        headers: {
          Accept: 'application/json',
          'X-Correlation-ID': 'ours',
          Authorization: mockCredentials.service.header({
            onBehalfOf: credentials,
            targetPluginId: 'lists',
          }),
        },
      }),
    );
  });

  it('says that it is done where there is no answer to give', async () => {
    const fetch = async () =>
      new Response(null, { status: 204, headers: OURS });
    const question = { key: 'a', body: { text: 'x' } };
    expect(await clientOf(fetch).putNote(question, { credentials })).toBe(true);
  });

  it('says nothing where the plugin is not installed', async () => {
    const nobody = async () => new Response('', { status: 404 });
    const ask = (client: ReturnType<typeof clientOf>) =>
      client.getList({ key: 'a' }, { credentials });
    expect(await ask(clientOf(nobody))).toBeUndefined();
    const unknown = async () => {
      const error = new Error('no such plugin');
      error.name = 'NotFoundError';
      throw error;
    };
    expect(
      await ask(
        clientOf(nobody, { getBaseUrl: unknown, getExternalBaseUrl: unknown }),
      ),
    ).toBeUndefined();
  });

  it.each([400, 403, 404, 409])(
    'hands on what it refuses: %d',
    async status => {
      const fetch = async () =>
        json({ error: { name: 'Error', message: 'no' } }, { status });
      const asked = clientOf(fetch).getList({ key: 'a' }, { credentials });
      await expect(asked).rejects.toBeInstanceOf(ResponseError);
      await expect(asked).rejects.toMatchObject({ statusCode: status });
    },
  );

  it.each([
    ['500', async () => json({}, { status: 500 })],
    ['503', async () => json({}, { status: 503 })],
    ['429', async () => json({}, { status: 429 })],
    [
      'nobody at that address',
      async () => {
        throw new TypeError('fetch failed');
      },
    ],
    [
      'silence',
      async () => {
        throw new DOMException('too long', 'TimeoutError');
      },
    ],
  ])('says that it is away: %s', async (_, fetch) => {
    const asked = clientOf(fetch).getList({ key: 'a' }, { credentials });
    await expect(asked).rejects.toBeInstanceOf(AwayError);
    await expect(asked).rejects.toMatchObject({
      statusCode: 503,
      message: expect.stringContaining("'lists'"),
    });
  });

  it('is not away when the caller has moved on', async () => {
    const moved = new AbortController();
    const fetch = async () => {
      moved.abort();
      throw new TypeError('fetch failed');
    };
    const asked = clientOf(fetch).getList(
      { key: 'a' },
      { credentials, signal: moved.signal },
    );
    await expect(asked).rejects.toThrow('fetch failed');
  });
});
