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

function start(auth: {}) {
  return startTestBackend({
    features: [
      authPlugin,
      developmentSignInModule,
      catalogServiceMock.factory({ entities: [mira] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
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
});
