import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { InputError, NotFoundError } from '@backstage/errors';
import { defineRoute } from '@fawkes/kit-contract';
import express from 'express';
import request from 'supertest';
import { z } from 'zod';
import { Readiness } from './readiness';
import { serveRoutes, type ServeDeps } from './serveRoutes';

const routes = {
  upload: defineRoute({
    method: 'post',
    path: '/upload',
    summary: 'Upload',
    raw: { content: { 'text/plain': z.string() } },
    limit: 2_000,
    status: 204,
    who: ['user', 'service'],
    audit: 'thing',
  }),
  getMine: defineRoute({
    method: 'get',
    path: '/mine',
    summary: 'Mine',
    answer: z.object({ mine: z.boolean() }),
    who: ['user'],
    audit: 'thing',
  }),
  verify: defineRoute({
    method: 'get',
    path: '/verify',
    summary: 'Verify',
    answer: z.object({ valid: z.boolean() }),
    who: ['anybody'],
    audit: 'thing',
  }),
};

const user = mockCredentials.user.header();
const service = mockCredentials.service.header();
const logger = mockServices.logger.mock();
let audits: string[] = [];
let fails: (() => unknown) | undefined;
let working: Array<() => void> = [];
let servers: Server[] = [];

function appWith(
  over: Partial<ServeDeps> & { hold?: boolean } = {},
): express.Express {
  const { hold, ...deps } = over;
  const app = express();
  app.use(
    serveRoutes(
      routes,
      {
        upload: async () => {
          if (hold) await new Promise<void>(resolve => working.push(resolve));
        },
        getMine: async () => {
          if (fails) throw fails();
          return { mine: true };
        },
        verify: async () => ({ valid: true }),
      },
      {
        auditor: mockServices.auditor.mock({
          createEvent: async ({ eventId }) => {
            audits.push(eventId);
            return { success: async () => {}, fail: async () => {} };
          },
        }),
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.none(),
        }),
        logger,
        readiness: new Readiness(),
        viewerOf: () => ({ ask: async () => {} } as never),
        ...deps,
      },
    ),
  );
  // What a portal answers with, and not a double of it.
  const config = mockServices.rootConfig();
  app.use(MiddlewareFactory.create({ config, logger }).error());
  return app;
}

async function listen(app: express.Express): Promise<number> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Waits for something; what does not come is a failure and no endless test. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 4_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Never: ${holds}`);
    await new Promise(resolve => setImmediate(resolve));
  }
}

beforeEach(() => {
  audits = [];
  fails = undefined;
  working = [];
  jest.clearAllMocks();
});

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

describe('bodies in flight', () => {
  const upload = (port: number) =>
    httpRequest({
      port,
      method: 'POST',
      path: '/upload',
      headers: { Authorization: user, 'Content-Length': '2000' },
    }).on('error', () => undefined);

  it('are let go of when their caller hung up before they were read', async () => {
    const known = mockServices.httpAuth({
      defaultCredentials: mockCredentials.none(),
    });
    let asked = 0;
    const httpAuth = mockServices.httpAuth.mock({
      credentials: async (
        sent: express.Request,
        options?: Parameters<HttpAuthService['credentials']>[1],
      ) => {
        asked++;
        if (sent.header('x-hangs-up')) {
          await new Promise(resolve => sent.res!.once('close', resolve));
        }
        return known.credentials(sent, options) as never;
      },
    });
    const limits = { inFlight: { perCaller: 3_000, inAll: 3_000 } };
    const port = await listen(appWith({ httpAuth, limits }));
    const hangUp = async (turn: number) => {
      const sent = upload(port);
      sent.setHeader('X-Hangs-Up', 'yes');
      sent.flushHeaders();
      await until(() => asked === turn);
      sent.destroy();
      await until(() => audits.length === turn);
    };
    await hangUp(1);
    await hangUp(2);
    const { status } = await request(`http://127.0.0.1:${port}`)
      .post('/upload')
      .set('Authorization', user)
      .send('x'.repeat(2_000));
    expect(status).toBe(204);
  });

  it('count for as long as they are worked on, whoever hangs up', async () => {
    const limits = { inFlight: { perCaller: 3_000, inAll: 30_000 } };
    const port = await listen(appWith({ hold: true, limits }));
    const sent = upload(port);
    sent.end('x'.repeat(2_000));
    await until(() => working.length === 1);
    const closed = new Promise(resolve => sent.once('close', resolve));
    sent.destroy();
    await closed;
    const again = () =>
      request(`http://127.0.0.1:${port}`)
        .post('/upload')
        .set('Authorization', user)
        .send('x'.repeat(2_000));
    // The server hears of it a little later than the caller.
    await request(`http://127.0.0.1:${port}`).get('/verify').expect(200);
    await again().expect(429);
    working.splice(0).forEach(release => release());
    const third = again().then(({ status }) => status);
    await until(() => working.length === 1);
    working.splice(0).forEach(release => release());
    expect(await third).toBe(204);
  });

  it('count with what they may become when they are packed', async () => {
    const limits = { inFlight: { perCaller: 3_000, inAll: 30_000 } };
    const port = await listen(appWith({ hold: true, limits }));
    const packed = () => {
      const sent = httpRequest({
        port,
        method: 'POST',
        path: '/upload',
        headers: { Authorization: user, 'Content-Encoding': 'gzip' },
      });
      const status = new Promise<number>((resolve, reject) => {
        sent.on('error', reject);
        sent.on('response', answer => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
      });
      const body = gzipSync('x'.repeat(2_000));
      sent.setHeader('Content-Length', String(body.length));
      sent.end(body);
      return status;
    };
    const first = packed();
    await until(() => working.length === 1);
    expect(await packed()).toBe(429);
    working.splice(0).forEach(release => release());
    expect(await first).toBe(204);
  });
});

describe('refusals', () => {
  const limits = { refusals: { refusals: 2, anonymous: 2, seconds: 60 } };

  it('of callers of the wrong kind are counted, and not written down for ever', async () => {
    const app = appWith({ limits });
    for (const status of [403, 403, 403, 429, 429]) {
      const answer = await request(app)
        .get('/mine')
        .set('Authorization', service);
      expect(answer.status).toBe(status);
    }
    expect(audits).toHaveLength(3);
    await request(app).get('/mine').set('Authorization', user).expect(200);
  });

  it.each(['Basic x', 'x', 'Bearer', 'Bearer a b'])(
    'come to anonymous callers whatever they call themselves: %s',
    async header => {
      const app = appWith({ limits });
      for (const status of [200, 200, 429]) {
        const answer = await request(app)
          .get('/verify')
          .set('Authorization', `${header}`);
        expect(answer.status).toBe(status);
      }
    },
  );
});

describe('what is below an open path', () => {
  it.each(['get', 'head', 'options', 'post', 'delete'] as const)(
    'is for known callers, as it would be without the path: %s',
    async method => {
      const app = appWith();
      for (const path of [
        '/mine/more',
        '/verify/more',
        '/upload/a/b',
        '/MINE/',
      ]) {
        if (path === '/MINE/' && ['get', 'head'].includes(method)) continue;
        await request(app)[method](path).expect(401);
        const known = await request(app)
          [method](path)
          .set('Authorization', user);
        expect([200, 404]).toContain(known.status);
      }
    },
  );
});

describe('errors', () => {
  const ask = () => request(appWith()).get('/mine').set('Authorization', user);
  const secret = () =>
    Object.assign(new Error('a secret'), { of: 'a secret', stack: 'a secret' });

  it.each([
    ['a cause', 400, () => new InputError('bad', secret())],
    [
      'a native cause',
      404,
      () => Object.assign(new NotFoundError('bad'), { cause: secret() }),
    ],
    [
      'fields',
      404,
      () => Object.assign(new NotFoundError('bad'), { query: 'a secret' }),
    ],
    [
      'many errors',
      400,
      () => Object.assign(new InputError('bad'), { errors: [secret()] }),
    ],
  ])('go out without what hangs on them: %s', async (_, status, error) => {
    fails = error;
    const { body, text } = await ask().expect(status);
    expect(body.error).toEqual({
      name: expect.stringMatching(/^(InputError|NotFoundError)$/),
      message: 'bad',
    });
    expect(text).not.toContain('secret');
  });

  it('do not say why a token is no good in their cause either', async () => {
    const httpAuth = mockServices.httpAuth.mock({
      credentials: async () => {
        throw Object.assign(new Error('no'), {
          name: 'AuthenticationError',
          cause: secret(),
        });
      },
    });
    const { text } = await request(appWith({ httpAuth }))
      .get('/mine')
      .expect(401);
    expect(text).not.toContain('secret');
  });

  it.each([
    ['HttpError', { status: 404 }],
    ['Error', { statusCode: 403 }],
    ['AxiosError', { status: 401, config: 'a secret' }],
    ['Error', { status: 200 }],
    ['Error', { statusCode: 302 }],
    ['AggregateError', { errors: [secret()] }],
  ])(
    'with the status of another service are ours: %s %j',
    async (name, fields) => {
      fails = () => Object.assign(secret(), { name, ...fields });
      const { text } = await ask().expect(500);
      expect(text).not.toContain('secret');
    },
  );

  it('known by their name have the status of that name', async () => {
    fails = () => Object.assign(new NotFoundError('none'), { status: 200 });
    expect((await ask()).status).toBe(404);
  });

  it('of others set no Retry-After', async () => {
    fails = () =>
      Object.assign(new NotFoundError('none'), { retryAfter: '1\r\nX-Bad: 1' });
    const { headers } = await ask().expect(404);
    expect(headers['retry-after']).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'a secret'],
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('a secret')],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get() {
            throw new Error('a secret');
          },
        },
      ),
    ],
  ])('that are none are hidden and logged: %s', async (_, thrown) => {
    fails = () => thrown;
    const { text } = await ask().expect(500);
    expect(text).toContain('Something went wrong on our side');
    expect(text).not.toContain('secret');
    expect(logger.error).toHaveBeenCalled();
  });
});
