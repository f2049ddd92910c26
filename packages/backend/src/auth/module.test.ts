import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { developmentSignInModule } from './module';
import { people } from './samplePeople';

const mira = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { namespace: 'default', name: 'mira.okafor' },
  spec: { memberOf: ['payments-core'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/payments-core' }],
};

function start(auth: {}, listen: {} = { host: '127.0.0.1', port: 7007 }) {
  return startTestBackend({
    features: [
      authPlugin,
      developmentSignInModule,
      catalogServiceMock.factory({ entities: [mira] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007', listen },
          auth,
        },
      }),
    ],
  });
}

const development = {
  environment: 'development',
  providers: { 'fawkes-dev': {} },
};

describe('developmentSignInModule', () => {
  it('offers the sample people', async () => {
    const { server } = await start(development);
    const response = await request(server).get('/api/auth/fawkes-dev/people');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ people });
    expect(response.body.people).toHaveLength(9);
  });

  it('signs a person in with the groups of the catalog, as often as asked', async () => {
    const { server } = await start(development);
    const refresh = () =>
      request(server)
        .get('/api/auth/fawkes-dev/refresh')
        .set('x-fawkes-dev-person', 'user:default/mira.okafor');
    const first = await refresh().expect(200);
    const second = await refresh().expect(200);
    for (const { body } of [first, second]) {
      expect(body.profile).toEqual({ displayName: 'Mira Okafor' });
      expect(body.backstageIdentity.token).toEqual(expect.any(String));
      expect(body.backstageIdentity.identity).toMatchObject({
        type: 'user',
        userEntityRef: 'user:default/mira.okafor',
      });
    }
  });

  it('refuses people who are not on the list, even when the catalog has them', async () => {
    const { server } = await start(development);
    const response = await request(server)
      .get('/api/auth/fawkes-dev/refresh')
      .set('x-fawkes-dev-person', 'user:default/root');
    expect(response.status).toBe(401);
    expect(response.body.error.message).toContain('user:default/root');
  });

  it('refuses a request without a choice', async () => {
    const { server } = await start(development);
    const response = await request(server).get('/api/auth/fawkes-dev/refresh');
    expect(response.status).toBe(401);
  });

  it('says so when the catalog has not loaded the person yet', async () => {
    const { server } = await start(development);
    const response = await request(server)
      .get('/api/auth/fawkes-dev/refresh')
      .set('x-fawkes-dev-person', 'user:default/priya.raman');
    expect(response.status).toBe(404);
  });

  it('does not exist where it is not configured', async () => {
    const { server } = await start({ environment: 'production' });
    for (const path of ['people', 'refresh']) {
      const response = await request(server).get(
        `/api/auth/fawkes-dev/${path}`,
      );
      expect(response.status).toBe(404);
    }
  });

  it('stops the start outside the development environment', async () => {
    await expect(
      start({ ...development, environment: 'production' }),
    ).rejects.toThrow(/auth\.environment is 'production'/);
  });

  it('stops the start where other machines reach it', async () => {
    await expect(start(development, ':7007')).rejects.toThrow(
      /backend\.listen has the host ''/,
    );
  });

  it.each([
    ['/api/auth/fawkes-dev/people', 'GET'],
    ['/api/auth/fawkes-dev/refresh', 'GET'],
    ['/api/auth/fawkes-dev/logout', 'POST'],
    ['/api/auth/.well-known/openid-configuration', 'GET'],
  ])('keeps %s from pages that are not the portal’s', async (path, method) => {
    const { server } = await start(development);
    const ask = (headers: Record<string, string>) =>
      request(server)
        [method === 'GET' ? 'get' : 'post'](path)
        .set('x-fawkes-dev-person', 'user:default/mira.okafor')
        .set(headers);
    const foreign: Array<Record<string, string>> = [
      { Host: 'evil.example' },
      { Origin: 'http://evil.example' },
    ];
    for (const headers of foreign) {
      const { status, body } = await ask(headers);
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/to browsers on this machine only/);
    }
    const { status } = await ask({ Origin: 'http://localhost:3000' });
    expect(status).not.toBe(403);
  });

  it('leaves sign-in alone where it is not configured', async () => {
    const { server } = await start({ environment: 'production' }, ':7007');
    const { status } = await request(server)
      .get('/api/auth/.well-known/openid-configuration')
      .set('Host', 'portal.example');
    expect(status).toBe(200);
  });
});
