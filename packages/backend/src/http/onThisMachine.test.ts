import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { onThisMachine } from './onThisMachine';

function appFor(urls: { app?: string; backend?: string } = {}) {
  const app = express();
  app.use(
    onThisMachine(
      mockServices.rootConfig({
        data: {
          app: { baseUrl: urls.app ?? 'http://localhost:3000' },
          backend: { baseUrl: urls.backend ?? 'http://localhost:7007' },
        },
      }),
    ),
  );
  app.use((_request, response) => {
    response.json({ secret: 'a token' });
  });
  app.use(mockErrorHandler());
  return app;
}

describe('onThisMachine', () => {
  const app = appFor();
  const ask = (headers: Record<string, string>, to = app) =>
    request(to).post('/').set(headers);

  it.each([
    'localhost:7007',
    'localhost',
    'LocalHost:3000',
    '127.0.0.1:7007',
    '127.0.0.2',
    '[::1]:7007',
    '[::1]',
  ])('lets Host: %s through', async host => {
    const { status } = await ask({ Host: host });
    expect(status).toBe(200);
  });

  it.each([
    'evil.example',
    'evil.example:7007',
    'localhost.evil.example:7007',
    '127.0.0.1.evil.example',
    'evil.example@localhost',
    'localhost/evil.example',
    'localhost:7007:7007',
    'localhost, evil.example',
    '0.0.0.0:7007',
    '10.0.0.1:7007',
    '169.254.169.254',
    '[::]:7007',
    '[fe80::1]:7007',
    '::1',
    '2130706433:7007',
    'localhost.',
    '.',
    `${'a'.repeat(4_000)}.localhost`,
  ])('refuses Host: %.40s', async host => {
    const { status, body, text } = await ask({ Host: host });
    expect(status).toBe(403);
    expect(body.error.name).toBe('NotAllowedError');
    expect(body.error.message).toMatch(
      /to browsers on this machine only.*header Host says '.{0,100}', which is not/,
    );
    expect(text).not.toContain('a token');
  });

  it('refuses a request that does not say whom it asks', async () => {
    const { status } = await ask({ Host: '' });
    expect(status).toBe(403);
  });

  it.each([
    'http://localhost:3000',
    'http://localhost:7007',
    // The app as the backend serves it, opened at another name of this machine.
    'http://127.0.0.1:7007',
  ])('lets Origin: %s through', async origin => {
    const { status } = await ask({ Host: '127.0.0.1:7007', Origin: origin });
    expect(status).toBe(200);
  });

  it.each([
    'http://evil.example',
    'https://localhost:3000',
    'http://localhost:5173',
    'http://localhost:3000.evil.example',
    'http://evil.example/http://localhost:3000',
    'null',
    '',
    'not an origin',
  ])('refuses Origin: %s', async origin => {
    const { status, body } = await ask({ Host: 'localhost:7007' }).set(
      'Origin',
      origin,
    );
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/header Origin says/);
  });

  it('refuses a page that takes this machine for its own', async () => {
    const { status } = await ask({
      Host: 'evil.example:7007',
      Origin: 'http://evil.example:7007',
    });
    expect(status).toBe(403);
  });

  it('does not stumble over a port there is not', async () => {
    const { status } = await ask({
      Host: 'localhost:99999',
      Origin: 'http://localhost:99999',
    });
    expect(status).toBe(403);
  });

  it('knows the names the portal is configured with', async () => {
    const portal = appFor({
      app: 'https://portal.test',
      backend: 'http://api.portal.test:7007',
    });
    const asked = await Promise.all([
      ask({ Host: 'portal.test' }, portal),
      ask(
        { Host: 'API.portal.test:7007', Origin: 'https://portal.test' },
        portal,
      ),
      ask({ Host: 'portal.test.evil.example' }, portal),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 403]);
  });
});
