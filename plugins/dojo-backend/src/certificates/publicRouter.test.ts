import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import type { Issuer } from './issuer';
import { publicRouter } from './publicRouter';

const URL = 'https://portal.example.org/api/dojo';
const SECRET = 'select signed from credentials';

/** The public pages, with a database that is away. */
function appWith() {
  const app = express().set('trust proxy', 1);
  const issuer = {
    url: URL,
    config: { url: URL, aliases: [], sample: false },
    trusted: () => new Map(),
  };
  app.use(
    publicRouter({
      db: (() => {
        throw Object.assign(new Error(SECRET), { code: 'ECONNREFUSED' });
      }) as never as Knex,
      issuer: issuer as never as Issuer,
      logger: mockServices.logger.mock(),
      now: Date.now,
      nameOf: async () => undefined,
    }),
  );
  return app;
}

describe('the public pages', () => {
  it.each([
    `/public/credentials/${'0'.repeat(32)}`,
    '/public/status/1',
    '/public/achievements/belt/rule',
  ])('say that something is away, and nothing of it: %s', async path => {
    const { headers, text } = await request(appWith()).get(path).expect(503);
    expect(headers['retry-after']).toBe('5');
    expect(headers['cache-control'] ?? '').not.toContain('public');
    expect(text).not.toContain(SECRET);
  });

  it('ask no database for what it cannot hold', async () => {
    for (const path of ['achievements/%00/x', 'status/%00']) {
      const { status } = await request(appWith()).get(`/public/${path}`);
      expect([path, status]).toEqual([path, 404]);
    }
  });

  it('verify for one address so often a minute, and for another all the same', async () => {
    const app = appWith();
    const ask = (from: string) =>
      request(app).post('/public/verify').set('X-Forwarded-For', from);
    for (let n = 0; n < 30; n++) await ask('192.0.2.1').expect(400);
    // What is written before the proxy's own word makes nobody another.
    const { headers, text } = await ask('198.51.100.1, 192.0.2.1').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(text).toContain('Too many questions');
    await ask('192.0.2.2').expect(400);
  });

  it('are shown to one address so often a minute', async () => {
    const app = appWith();
    const ask = () => request(app).get('/public/verify');
    for (let n = 0; n < 300; n++) await ask().expect(200);
    const { headers } = await ask().expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });
});
