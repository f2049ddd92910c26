import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import { createPermission } from '@backstage/plugin-permission-common';
import { defineRoute } from '@fawkes/kit-contract';
import express from 'express';
import request from 'supertest';
import { z } from 'zod';
import { Viewer } from '../access';
import { Answered } from './sendAnswer';
import { Readiness } from './readiness';
import { serveRoutes, type ServeDeps } from './serveRoutes';

const readThings = createPermission({ name: 'thing.read', attributes: {} });
const who = ['user', 'service'] as const;
const routes = {
  getThings: defineRoute({
    method: 'get',
    path: '/things',
    summary: 'Things',
    query: z.strictObject({ fail: z.string().optional() }),
    answer: z.object({ items: z.array(z.string()), nextCursor: z.string() }),
    csv: true,
    who,
    needs: [readThings],
    audit: 'thing',
  }),
  putThing: defineRoute({
    method: 'put',
    path: '/things/:key',
    summary: 'Put a thing',
    body: z.strictObject({ name: z.string() }),
    limit: 1_000,
    who: ['user'],
    needs: [readThings],
    audit: 'thing',
    action: 'put',
  }),
  upload: defineRoute({
    method: 'post',
    path: '/upload',
    summary: 'Upload',
    raw: { content: { 'text/plain': z.string() } },
    limit: 2_000,
    answer: z.object({ length: z.number() }),
    status: 202,
    who,
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

interface Audit {
  eventId: string;
  meta: unknown;
  outcome: string;
}

const audits: Audit[] = [];
const denied = new Set<string>();
let fails: (() => unknown) | undefined;
let answer: unknown;
let readiness: Readiness;
const logger = mockServices.logger.mock();
let held: Array<() => void> = [];

function routerWith(
  over: Partial<ServeDeps> & { hold?: boolean } = {},
): express.Router {
  const { hold, ...deps } = over;
  return serveRoutes(
    routes,
    {
      getThings: {
        answer: async () => {
          if (fails) throw fails();
          return answer as never;
        },
        csv: ({ items }) => items.join(','),
      },
      putThing: async ({ params, body, note }) => {
        note({ named: body.name });
        if (params.key === 'missing') throw new NotFoundError('no such thing');
        return undefined;
      },
      upload: async ({ body }) => {
        if (hold) await new Promise<void>(resolve => held.push(resolve));
        return new Answered({ length: body.length }, body === '' ? 400 : 202);
      },
      verify: async () => ({ valid: true }),
    },
    {
      auditor: mockServices.auditor.mock({
        createEvent: async ({
          eventId,
          meta,
        }: AuditorServiceCreateEventOptions) => {
          const audit: Audit = { eventId, meta, outcome: 'open' };
          audits.push(audit);
          return {
            success: async options => {
              audit.outcome = 'success';
              audit.meta = { ...meta, ...options?.meta };
            },
            fail: async ({ error }) => {
              audit.outcome = error.name;
            },
          };
        },
      }),
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.none(),
      }),
      logger,
      readiness,
      viewerOf,
      ...deps,
    },
  );
}

function appWith(
  over: Partial<ServeDeps> & { hold?: boolean } = {},
): express.Express {
  const app = express();
  app.use(routerWith(over));
  app.use(((error, _request, response, _next) => {
    const status =
      error.statusCode ??
      error.status ??
      { NotAllowedError: 403, NotFoundError: 404, InputError: 400 }[
        error.name as string
      ] ??
      (error.name === 'AuthenticationError' ? 401 : 500);
    response
      .status(status)
      .json({ error: { name: error.name, message: error.message } });
  }) as express.ErrorRequestHandler);
  return app;
}

function viewerOf(credentials: BackstageCredentials): Viewer {
  return new Viewer(credentials, {
    permissions: mockServices.permissions.mock({
      authorize: async asked =>
        asked.map(({ permission }) => ({
          result: denied.has(permission.name) ? 'DENY' : 'ALLOW',
        })) as never,
    }),
    registry: mockServices.permissionsRegistry.mock(),
    catalog: {} as never,
    resources: [],
  });
}

const user = mockCredentials.user.header();
const service = mockCredentials.service.header();

beforeEach(() => {
  audits.length = 0;
  denied.clear();
  fails = undefined;
  answer = { items: ['a', 'b'], nextCursor: 'c1' };
  readiness = new Readiness();
  held = [];
  jest.clearAllMocks();
});

it('serves the routes that are described, and no other', () => {
  const router = routerWith();
  const served = router.stack.flatMap(({ route }) =>
    route ? route.stack.map(({ method }) => `${method} ${route.path}`) : [],
  );
  expect(served).toEqual(
    Object.values(routes).map(({ method, path }) => `${method} ${path}`),
  );
});

describe('answers', () => {
  it('as JSON, with the next page in the Link header', async () => {
    const response = await request(appWith())
      .get('/things')
      .set('Authorization', user)
      .expect(200);
    expect(response.body).toEqual(answer);
    expect(response.headers.link).toBe('</things?cursor=c1>; rel="next"');
    expect(response.headers.vary).toContain('Accept');
  });

  it('as CSV when that is preferred', async () => {
    const response = await request(appWith())
      .get('/things')
      .set('Authorization', user)
      .set('Accept', 'text/csv')
      .expect(200);
    expect(response.text).toBe('a,b');
  });

  it.each([
    { items: [1], nextCursor: 'c' },
    { items: [], nextCursor: 'c', extra: 1 },
  ])('never what the schema does not say: %j', async wrong => {
    answer = wrong;
    await request(appWith())
      .get('/things')
      .set('Authorization', user)
      .expect(500);
    expect(logger.error).toHaveBeenCalledWith(
      'A request failed',
      expect.objectContaining({
        error: expect.stringContaining('getThings answers'),
      }),
    );
  });

  it('with another status when the handler says so', async () => {
    const app = appWith();
    await request(app)
      .post('/upload')
      .set('Authorization', service)
      .set('Content-Type', 'text/plain')
      .send('abc')
      .expect(202, { length: 3 });
    const none = await request(app).post('/upload').set('Authorization', user);
    expect(none.status).toBe(400);
  });
});

describe('who is asking', () => {
  it('is answered 401 without a token, 403 as the wrong kind of caller', async () => {
    const app = appWith();
    const none = await request(app).get('/things').expect(401);
    expect(none.body.error.message).toMatch(/^The credentials are missing/);
    await request(app)
      .put('/things/x')
      .set('Authorization', service)
      .send({ name: 'x' })
      .expect(403);
    expect(audits).toEqual([
      expect.objectContaining({ outcome: 'NotAllowedError' }),
    ]);
  });

  it('may be anybody where the route says so', async () => {
    const { body } = await request(appWith()).get('/verify').expect(200);
    expect(body).toEqual({ valid: true });
  });

  it('does not learn why a token is no good', async () => {
    const httpAuth = mockServices.httpAuth.mock({
      credentials: async () => {
        throw new AuthenticationError('Illegal token: key abc of issuer x');
      },
    });
    const { body } = await request(appWith({ httpAuth }))
      .get('/things')
      .expect(401);
    expect(JSON.stringify(body)).not.toContain('abc');
  });

  it('is told 503 while nobody can be checked, not that the token is wrong', async () => {
    readiness.add('the database', async () => {
      throw new Error('away');
    });
    const response = await request(appWith()).get('/things').expect(503);
    expect(response.headers['retry-after']).toBe('5');
  });

  it('is refused before the body is read', async () => {
    denied.add('thing.read');
    const server = await listen(appWith());
    try {
      const { status, wrote } = await sendSlowly(server, '/things/x', 1_000);
      expect(status).toBe(403);
      expect(wrote).toBe(1);
    } finally {
      server.close();
    }
  });
});

describe('bodies', () => {
  it('that say they are too large are refused unread, and the connection is closed', async () => {
    const server = await listen(appWith());
    try {
      const { status, wrote, connection } = await sendSlowly(
        server,
        '/things/x',
        1_001,
      );
      expect(status).toBe(413);
      expect(wrote).toBe(1);
      expect(connection).toBe('close');
    } finally {
      server.close();
    }
  });

  it('that come in chunks are refused when they get too large', async () => {
    const chunked = request(appWith())
      .put('/things/x')
      .set('Authorization', user)
      .set('Transfer-Encoding', 'chunked');
    chunked.write(JSON.stringify({ name: 'x'.repeat(2_000) }));
    const { status } = await chunked;
    expect(status).toBe(413);
  });

  it.each([
    ['{', /not JSON/],
    ['{"name":1}', /^name: /],
    ['{"name":"x","more":1}', /^more: is not a parameter/],
  ])('%s is refused with the place', async (body, message) => {
    const response = await request(appWith())
      .put('/things/x')
      .set('Authorization', user)
      .set('Content-Type', 'application/json')
      .send(body)
      .expect(400);
    expect(response.body.error.message).toMatch(message);
  });

  it('in flight are bounded for one caller and for all', async () => {
    const server = await listen(
      appWith({
        hold: true,
        limits: { inFlight: { perCaller: 2_500, inAll: 4_500 } },
      }),
    );
    const send = (header: string) =>
      request(server)
        .post('/upload')
        .set('Authorization', header)
        .set('Content-Type', 'text/plain')
        .send('x'.repeat(2_000));
    const person = (name: string) =>
      mockCredentials.user.header(`user:default/${name}`);
    try {
      const first = send(person('a')).then(({ status }) => status);
      await until(() => held.length === 1);
      const again = await send(person('a'));
      expect(again.status).toBe(429);
      expect(again.headers['retry-after']).toBe('1');
      const second = send(person('b')).then(({ status }) => status);
      await until(() => held.length === 2);
      expect((await send(person('c'))).status).toBe(429);
      held.splice(0).forEach(release => release());
      expect(await Promise.all([first, second])).toEqual([202, 202]);
      const third = send(person('c')).then(({ status }) => status);
      await until(() => held.length === 1);
      held.splice(0).forEach(release => release());
      expect(await third).toBe(202);
    } finally {
      server.close();
    }
  });
});

describe('refusals', () => {
  const limits = {
    refusals: { refusals: 2, anonymous: 2, seconds: 60 },
  };

  it('of one caller end in 429, without asking or writing down again', async () => {
    denied.add('thing.read');
    const app = appWith({ limits });
    const ask = (header: string) =>
      request(app).get('/things').set('Authorization', header);
    for (const status of [403, 403, 403, 429, 429]) {
      expect((await ask(user)).status).toBe(status);
    }
    expect(audits).toHaveLength(3);
    expect((await ask(service)).status).toBe(403);
  });

  it('lock out nobody who is let in, from the same address either', async () => {
    const app = appWith({ limits });
    for (const status of [401, 401, 401, 429]) {
      expect((await request(app).get('/things')).status).toBe(status);
    }
    await request(app).get('/things').set('Authorization', user).expect(200);
  });

  it('come to anonymous callers who ask too often', async () => {
    const app = appWith({ limits });
    for (const status of [200, 200, 429]) {
      expect((await request(app).get('/verify')).status).toBe(status);
    }
    await request(app).get('/verify').set('Authorization', user).expect(200);
  });

  it('count by the network of an address, since whoever has one of IPv6 has them all', async () => {
    const app = appWith({ limits }).set('trust proxy', 1);
    const ask = async (from: string) =>
      (await request(app).get('/verify').set('X-Forwarded-For', from)).status;
    for (const [from, status] of [
      ['2001:db8:0:1::1', 200],
      ['2001:db8:0:1::2', 200],
      ['2001:db8:0:1:ffff::3', 429],
      ['2001:db8:1::1', 200],
      ['::ffff:192.0.2.1', 200],
      ['192.0.2.1', 200],
      ['192.0.2.1', 429],
      // What a caller writes before the proxy's own word makes nobody another.
      ['198.51.100.7, 192.0.2.1', 429],
      ['192.0.2.2', 200],
    ] as const) {
      expect([from, await ask(from)]).toEqual([from, status]);
    }
  });
});

it('refuses parameters that no database keeps', async () => {
  const { body } = await request(appWith())
    .put('/things/a%00b')
    .set('Authorization', user)
    .send({ name: 'new' })
    .expect(400);
  expect(body.error.message).toBe('key: must not contain U+0000');
});

describe('audit', () => {
  it('writes changes down, with what the handler adds', async () => {
    await request(appWith())
      .put('/things/x')
      .set('Authorization', user)
      .send({ name: 'new' })
      .expect(204);
    expect(audits).toEqual([
      {
        eventId: 'thing-mutate',
        meta: { actionType: 'put', key: 'x', named: 'new' },
        outcome: 'success',
      },
    ]);
  });

  it('writes down changes that failed and refusals once, and no reading', async () => {
    const app = appWith();
    await request(app)
      .put('/things/missing')
      .set('Authorization', user)
      .send({ name: 'x' })
      .expect(404);
    await request(app).get('/things').set('Authorization', user).expect(200);
    denied.add('thing.read');
    await request(app).get('/things').set('Authorization', user).expect(403);
    await request(app)
      .put('/things/x')
      .set('Authorization', user)
      .send({ name: 'x' })
      .expect(403);
    expect(audits.map(({ eventId, outcome }) => [eventId, outcome])).toEqual([
      ['thing-mutate', 'NotFoundError'],
      ['thing-fetch', 'NotAllowedError'],
      ['thing-mutate', 'NotAllowedError'],
    ]);
  });
});

describe('errors', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });
  const ask = () =>
    request(appWith()).get('/things').set('Authorization', user);
  const said = async (status: number) =>
    ResponseError.fromResponse(
      new Response('{"secret":"of another"}', {
        status,
        headers: { 'Content-Type': 'application/json' },
      }) as never,
    );

  it.each([
    ['a refused connection', () => coded('ECONNREFUSED')],
    ['PostgreSQL going down', () => coded('57P01')],
    ['PostgreSQL without connections', () => coded('53300')],
    ['a busy SQLite', () => coded('SQLITE_BUSY')],
    [
      'a lost connection',
      () => new Error('Connection terminated unexpectedly'),
    ],
    [
      'a pool without a connection',
      () => Object.assign(new Error('x'), { name: 'KnexTimeoutError' }),
    ],
    [
      'a service nobody answers at',
      () =>
        new TypeError('fetch failed', {
          cause: coded('UND_ERR_CONNECT_TIMEOUT'),
        }),
    ],
    [
      'something away that was wrapped',
      () => new Error('outer', { cause: coded('ECONNRESET') }),
    ],
  ])('%s is 503', async (_, error) => {
    fails = error;
    const response = await ask().expect(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.body.error.name).toBe('ServiceUnavailableError');
    expect(logger.warn).toHaveBeenCalled();
  });

  it.each([
    [401, 503],
    [429, 503],
    [502, 503],
    [403, 500],
    [404, 500],
  ])(
    '%i of another service is %i of ours, without its words',
    async (theirs, ours) => {
      const error = await said(theirs);
      fails = () => error;
      const { text } = await ask().expect(ours);
      expect(text).not.toContain('secret');
    },
  );

  it.each([
    [new InputError('tz: must be a zone'), 400],
    [new NotFoundError('no such thing'), 404],
    [new NotAllowedError('not yours'), 403],
  ])('%s goes out with its message', async (error, status) => {
    fails = () => error;
    const { body } = await ask().expect(status);
    expect(body.error.message).toBe(error.message);
  });

  it('of ours are hidden, and logged whole under the correlation id', async () => {
    fails = () => new TypeError('undefined is not a function');
    const { body } = await ask().set('X-Correlation-ID', 'c-1').expect(500);
    expect(body.error.message).toBe(
      'Something went wrong on our side; the log has it under c-1',
    );
    expect(logger.error).toHaveBeenCalledWith('A request failed', {
      correlationId: 'c-1',
      error: expect.stringContaining('undefined is not a function'),
    });
  });

  it('are none when the caller goes away in the middle', async () => {
    const server = await listen(appWith());
    const { port } = server.address() as AddressInfo;
    await new Promise<void>(resolve => {
      const torn = httpRequest({
        port,
        method: 'PUT',
        path: '/things/x',
        headers: { Authorization: user, 'Content-Length': '900' },
      });
      torn.on('error', () => resolve());
      torn.write('{"name":', () => setImmediate(() => torn.destroy()));
    });
    await until(() => audits[0]?.outcome !== 'open' && audits.length > 0);
    server.close();
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.warn).not.toHaveBeenCalled();
  });
});

async function listen(app: express.Express): Promise<Server> {
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Sends one byte of a body, and the rest only if it is asked to go on. */
function sendSlowly(server: Server, path: string, length: number) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; wrote: number; connection: string }>(
    (resolve, reject) => {
      const sent = httpRequest({
        port,
        method: 'PUT',
        path,
        headers: { Authorization: user, 'Content-Length': String(length) },
      });
      sent.on('error', reject);
      sent.on('response', response => {
        response.resume();
        resolve({
          status: response.statusCode ?? 0,
          wrote: 1,
          connection: String(response.headers.connection),
        });
        sent.destroy();
      });
      sent.write('{');
    },
  );
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve));
}
