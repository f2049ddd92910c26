import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { defineRoute } from '@fawkes/kit-contract';
import express from 'express';
import request from 'supertest';
import { z } from 'zod';
import { Viewer } from '../access';
import { bodyChunks } from './bodyChunks';
import { Readiness } from './readiness';
import { KeptBytes } from './sendBytes';
import { serveRoutes } from './serveRoutes';

const bytes = { 'application/octet-stream': { type: 'string' } };
const routes = {
  putBytes: defineRoute({
    method: 'post',
    path: '/bytes',
    summary: 'Take bytes as they come',
    raw: { content: bytes, streamed: true },
    limit: 1_000,
    answer: z.object({ sizes: z.array(z.number()) }),
    who: ['user'],
    audit: 'bytes',
  }),
  getBytes: defineRoute({
    method: 'get',
    path: '/bytes/:name',
    summary: 'Give bytes back',
    bytes: true,
    who: ['user'],
    audit: 'bytes',
  }),
};

function app(chunks: () => AsyncIterable<Uint8Array>): express.Express {
  const served = express();
  served.use(
    serveRoutes(
      routes,
      {
        putBytes: async ({ request: sent, body }) => {
          expect(body).toBeUndefined();
          const sizes: number[] = [];
          for await (const chunk of bodyChunks(sent, {
            limit: 1_000,
            size: 300,
          })) {
            sizes.push(chunk.length);
          }
          return { sizes };
        },
        getBytes: async ({ params }) => new KeptBytes(5, params.name, chunks()),
      },
      {
        auditor: mockServices.auditor.mock({
          createEvent: async () => ({
            success: async () => undefined,
            fail: async () => undefined,
          }),
        }),
        httpAuth: mockServices.httpAuth(),
        logger: mockServices.logger.mock(),
        readiness: new Readiness(),
        viewerOf: credentials =>
          new Viewer(credentials, {
            permissions: mockServices.permissions.mock(),
            registry: mockServices.permissionsRegistry.mock(),
            catalog: {} as never,
            resources: [],
          }),
      },
    ),
  );
  served.use(((error, _request, response, _next) => {
    response
      .status(error.statusCode ?? 500)
      .json({ name: error.name, message: error.message });
  }) as express.ErrorRequestHandler);
  return served;
}

async function* two() {
  yield Buffer.from('he');
  yield Buffer.from('llo');
}
const user = mockCredentials.user.header();
const put = (body: string) =>
  request(app(two))
    .post('/bytes')
    .set('Authorization', user)
    .set('Content-Type', 'application/octet-stream')
    .send(Buffer.from(body));

it('gives a handler the bytes in pieces of one size', async () => {
  expect((await put('x'.repeat(1_000)).expect(200)).body).toEqual({
    sizes: [300, 300, 300, 100],
  });
  expect((await put('x'.repeat(300)).expect(200)).body).toEqual({
    sizes: [300],
  });
  expect((await put('').expect(200)).body).toEqual({ sizes: [] });
});

it('refuses more than may be, said or not, and what is packed', async () => {
  expect((await put('x'.repeat(1_001)).expect(413)).body.name).toBe(
    'PayloadTooLargeError',
  );
  const packed = await request(app(two))
    .post('/bytes')
    .set('Authorization', user)
    .set('Content-Encoding', 'gzip')
    .send('x');
  expect(packed.status).toBe(415);
  async function* endless() {
    for (;;) yield Buffer.alloc(400);
  }
  const read = async () => {
    for await (const _ of bodyChunks(endless() as never, {
      limit: 1_000,
      size: 100,
    })) {
      // Nothing is done with them.
    }
  };
  await expect(read()).rejects.toMatchObject({ statusCode: 413 });
});

it('answers bytes as a file no browser opens', async () => {
  const { headers, body } = await request(app(two))
    .get('/bytes/a%22%0Ab.html')
    .set('Authorization', user)
    .expect(200);
  expect(Buffer.from(body).toString()).toBe('hello');
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '5',
    'content-disposition': 'attachment; filename="a__b.html"',
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  });
});

it('breaks off where bytes end before their time', async () => {
  async function* torn() {
    yield Buffer.from('he');
    throw new Error('The database is away');
  }
  await expect(
    request(app(torn)).get('/bytes/x').set('Authorization', user),
  ).rejects.toThrow();
});
