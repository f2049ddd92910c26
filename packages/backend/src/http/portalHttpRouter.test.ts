import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  mockErrorHandler,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import express from 'express';
import request from 'supertest';
import { configurePortal, portalHttpRouter } from './portalHttpRouter';

const OWN = 'Zm9yIHRoZSB0ZXN0cyBhbG9uZQ==';
const KNOWN = 'fawkes-development-only-token';
const LOOPBACK = { host: '127.0.0.1', port: 0 };

const story = [
  { type: 'static', options: { token: KNOWN, subject: 'fawkes-story' } },
];

function dataOf(auth: JsonObject, backend: JsonObject): JsonObject {
  return {
    app: { baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007', listen: LOOPBACK, ...backend },
    auth,
    permission: { platformTeams: ['group:default/platform'] },
  };
}

function open(auth: JsonObject, backend: JsonObject, nodeEnv: string) {
  const app = express();
  configurePortal(
    {
      app,
      server: createServer(app),
      config: mockServices.rootConfig({ data: dataOf(auth, backend) }),
      applyDefaults: () => {
        app.use((_request, response) => void response.json({}));
        app.use(mockErrorHandler());
      },
    },
    nodeEnv,
  );
  return request(app);
}

const development = { environment: 'development' };

describe('configurePortal', () => {
  it.each([
    ['the development sign-in', { providers: { 'fawkes-dev': {} } }, {}],
    ['a token that everybody knows', {}, { auth: { externalAccess: story } }],
    ['a secret that everybody knows', { session: { secret: KNOWN } }, {}],
  ])('keeps a portal with %s on this machine', async (_, auth, backend) => {
    const portal = open({ ...development, ...auth }, backend, 'development');
    await portal.get('/api/delivery/deployments').expect(200);
    const { status } = await portal
      .get('/api/delivery/deployments')
      .set('Host', 'evil.example:7007');
    expect(status).toBe(403);
    expect(() =>
      open(
        { ...development, ...auth },
        { ...backend, listen: ':7007' },
        'test',
      ),
    ).toThrow(/backend\.listen has the host ''/);
  });

  it('answers to every name where nothing is for development only', async () => {
    const auth = { environment: 'production', session: { secret: OWN } };
    const portal = open(auth, { listen: ':7007' }, 'production');
    const asked = await Promise.all([
      portal.get('/').set('Host', 'portal.example'),
      portal.get('/').set('Origin', 'https://elsewhere'),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('stops a production that is open', () => {
    const production = { environment: 'production' };
    expect(() => open(production, {}, 'production')).toThrow(
      /^auth\.session\.secret is missing/,
    );
    expect(() =>
      open({ ...production, session: { secret: KNOWN } }, {}, 'production'),
    ).toThrow(/^auth\.session\.secret is a secret that everybody knows/);
    expect(() =>
      open(
        { ...production, session: { secret: OWN } },
        { auth: { externalAccess: story } },
        'production',
      ),
    ).toThrow(/^backend\.auth\.externalAccess\[0\]\.options\.token/);
    expect(() =>
      open(
        { ...production, providers: { 'fawkes-dev': {} } },
        {},
        'production',
      ),
    ).toThrow(/^auth\.providers\.fawkes-dev/);
  });
});

describe('portalHttpRouter', () => {
  const start = (data: JsonObject) =>
    startTestBackend({
      features: [portalHttpRouter, mockServices.rootConfig.factory({ data })],
    });

  it('serves nothing without a platform team', async () => {
    const auth = { environment: 'production', session: { secret: OWN } };
    await expect(
      start({ ...dataOf(auth, {}), permission: { platformTeams: [] } }),
    ).rejects.toThrow(/permission\.platformTeams names no group/);
  });

  it('serves nothing when it refuses', async () => {
    await expect(
      start(dataOf({ environment: 'production' }, {})),
    ).rejects.toThrow(/auth\.session\.secret is missing/);
  });

  it('asks whom a request is for before it answers any', async () => {
    let address = '';
    const backend = createBackend();
    backend.add(mockServices.rootLogger.factory());
    backend.add(
      mockServices.rootConfig.factory({
        data: dataOf({ ...development, session: { secret: KNOWN } }, {}),
      }),
    );
    backend.add(
      rootHttpRouterServiceFactory({
        configure: context => {
          configurePortal(context);
          context.server.once('listening', () => {
            const { port } = context.server.address() as AddressInfo;
            address = `http://127.0.0.1:${port}`;
          });
        },
      }),
    );
    await backend.start();
    try {
      const ask = (host: string) =>
        request(address)
          .get('/.backstage/health/v1/liveness')
          .set('Host', host);
      expect((await ask('localhost')).status).toBe(200);
      expect((await ask('evil.example')).status).toBe(403);
    } finally {
      await backend.stop();
    }
  });
});
