import {
  coreServices,
  createBackendPlugin,
  type AuthService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  createBodySchema,
  planBodySchema,
  refusalOf,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningServiceRef,
  type ProvisioningService,
} from '@fawkes/backstage-plugin-provisioning-node';
import { ANNA, MIRA } from './__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const as = (ref: string) => ({ credentials: mockCredentials.user(ref) });

describe('the provisioning plugin, asked by another', () => {
  const asks: { provisioning?: ProvisioningService; auth?: AuthService } = {};
  const asker = createBackendPlugin({
    pluginId: 'asker',
    register(env) {
      env.registerInit({
        deps: { provisioning: provisioningServiceRef, auth: coreServices.auth },
        init: async deps => void Object.assign(asks, deps),
      });
    },
  });
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
      features: [asker],
    });
  });

  it('plans and creates for whoever is behind the question', async () => {
    const provisioning = asks.provisioning!;
    const body = await bodyOf('shop');
    const plan = await provisioning.plan(planBodySchema.parse(body), as(MIRA));
    const made = await provisioning.create(
      createBodySchema.parse({ ...body, expectedPlanDigest: plan!.planDigest }),
      as(MIRA),
    );
    await backend.settle();
    const found = await provisioning.request({ id: made!.id }, as(MIRA));
    expect(found).toMatchObject({ state: 'ready', requester: MIRA });
    const effects = await provisioning.effects({ id: made!.id }, as(MIRA));
    expect(effects!.items).toHaveLength(6);
    expect((await provisioning.requests({}, as(ANNA)))!.items).toEqual([]);
    await expect(
      provisioning.request({ id: made!.id }, as(ANNA)),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('tells the catalog what it has, and passes refusals on with their fields', async () => {
    const provisioning = asks.provisioning!;
    const credentials = await asks.auth!.getOwnServiceCredentials();
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component' as const,
      metadata: { name: 'shop' },
      spec: { owner: 'group:default/payments' },
    };
    const asOf = new Date(0).toISOString();
    const items = [{ requestId: 'r', entity }];
    const page = { asOf, items, nextCursor: null };
    backend.localHost.entities = async () => page;
    expect(await provisioning.entities({}, { credentials })).toEqual(page);
    const other = await bodyOf('shop', { spec: { description: 'Another' } });
    const refused = await provisioning
      .create(createBodySchema.parse(other), as(MIRA))
      .catch(refusalOf);
    expect(refused).toMatchObject({ code: 'SPEC_DIFFERS', state: 'ready' });
  });
});
