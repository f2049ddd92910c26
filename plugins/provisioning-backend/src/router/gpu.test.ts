import { TestDatabases } from '@backstage/backend-test-utils';
import { MIRA } from '../__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const host = {
  fqdn: 'gpu-1.acme.test',
  arch: 'x86_64',
  environment: 'bare_metal',
  gpuGroups: [
    {
      vendor: 'nvidia',
      pciDeviceId: '10de:2330',
      count: 2,
      binding: 'host',
      sharing: 'mig',
    },
  ],
  migLayouts: [
    { gpu: 'all', layout: { '3g.40gb': 1, '2g.20gb': 1, '1g.10gb': 2 } },
  ],
};

let backend: TestBackend;
beforeAll(async () => {
  backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
});
beforeEach(() => backend.policy.clear());

const ask = (more: object = {}) =>
  backend.person(MIRA).post('/gpu/validate', { ...host, ...more });

it('says where each instance lies', async () => {
  const { body } = await ask().expect(200);
  expect(body).toEqual({
    ok: true,
    findings: [],
    placements: Array(2).fill([
      // At 0 it would leave the second of the small ones no place.
      { profile: '3g.40gb', start: 4, size: 4 },
      { profile: '2g.20gb', start: 0, size: 2 },
      { profile: '1g.10gb', start: 2, size: 1 },
      { profile: '1g.10gb', start: 3, size: 1 },
    ]),
    alternatives: [],
  });
});

it('says what would go instead of what does not', async () => {
  const { body } = await ask({
    migLayouts: [{ gpu: 'all', layout: { '3g.40gb': 2, '1g.10gb': 1 } }],
  }).expect(200);
  expect(body).toMatchObject({
    ok: false,
    findings: [{ code: 'MIG_DOES_NOT_FIT', severity: 'error' }, {}],
  });
  expect(body.alternatives[1].layouts[0]).toEqual({ '3g.40gb': 2 });
});

it('names what is wrong with the body, by its path', async () => {
  const { body } = await ask({ fqdn: '10.0.0.1', colour: 'red' }).expect(400);
  expect(body.error.message).toContain('fqdn');
});

it('lets through what nobody has tried for those who run the portal only', async () => {
  const asked = () => ask({ allowExperimental: true });
  backend.policy.set('provisioning.request.operate', 'deny');
  expect((await asked()).status).toBe(403);
  backend.audits.length = 0;
  await backend.asPlatform(() => asked().expect(200));
  expect(backend.audits).toContainEqual(
    expect.objectContaining({
      eventId: 'gpu-mutate',
      meta: expect.objectContaining({ allowExperimental: true }),
    }),
  );
});
