import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  deliveryDeploymentMarkPermission,
  deliveryMetricsReadPermission,
  deliveryPermissions,
  RESOURCE_TYPE_SERVICE,
} from '@fawkes/backstage-plugin-delivery-common';
import request from 'supertest';
import {
  createDeliveryServiceConditionalDecision,
  deliveryServiceConditions,
} from '../alpha';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { CART, TEAM_CART, TEAM_MONEY } from '../__testUtils__/testCatalog';
import { deliveryServiceRules, type DeliveryServiceFilter } from './rules';

const { isOwner, isService } = deliveryServiceRules;

/** A rule may answer with nested criteria; ours answer with a filter. */
function asFilter(
  criteria: PermissionCriteria<DeliveryServiceFilter>,
): DeliveryServiceFilter {
  if (typeof criteria !== 'function') throw new Error('Not a filter');
  return criteria;
}

describe('rules', () => {
  const cart = { ref: CART, owner: TEAM_CART };
  const orphan = { ref: 'component:default/orphan', owner: null };

  it.each([
    ['IS_OWNER of the owner', isOwner, { owners: [TEAM_CART] }, cart, true],
    ['IS_OWNER of another', isOwner, { owners: [TEAM_MONEY] }, cart, false],
    ['IS_OWNER of nobody', isOwner, { owners: [] }, cart, false],
    ['IS_OWNER of an orphan', isOwner, { owners: [TEAM_CART] }, orphan, false],
  ])('%s', (_, rule, params, service, expected) => {
    expect(rule.apply(service, params)).toBe(expected);
    expect(asFilter(rule.toQuery(params))(service)).toBe(expected);
  });

  it.each([
    [[CART], true],
    [[], false],
  ])('IS_SERVICE of %j', (services, expected) => {
    expect(isService.apply(cart, { services })).toBe(expected);
    expect(asFilter(isService.toQuery({ services }))(cart)).toBe(expected);
  });
});

describe('what policies build on', () => {
  it('makes conditional decisions', () => {
    expect(
      createDeliveryServiceConditionalDecision(
        deliveryMetricsReadPermission,
        deliveryServiceConditions.isOwner({ owners: [TEAM_CART] }),
      ),
    ).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'delivery',
      resourceType: RESOURCE_TYPE_SERVICE,
      conditions: {
        rule: 'IS_OWNER',
        resourceType: RESOURCE_TYPE_SERVICE,
        params: { owners: [TEAM_CART] },
      },
    });
  });
});

describe('what the permission framework is told', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
  });
  const permissions = (method: 'get' | 'post', path: string) =>
    request(backend.server)
      [method](`/api/delivery/.well-known/backstage/permissions/${path}`)
      .set('Authorization', mockCredentials.service.header());

  it('knows every permission and rule', async () => {
    const { body } = await permissions('get', 'metadata').expect(200);
    expect(
      body.permissions.map(({ name }: { name: string }) => name).sort(),
    ).toEqual(deliveryPermissions.map(({ name }) => name).sort());
    expect(
      body.rules.map((rule: { name: string; resourceType: string }) => [
        rule.name,
        rule.resourceType,
      ]),
    ).toEqual([
      ['IS_OWNER', RESOURCE_TYPE_SERVICE],
      ['IS_SERVICE', RESOURCE_TYPE_SERVICE],
    ]);
    expect(body.rules[0].paramsSchema).toMatchObject({ required: ['owners'] });
  });

  it('decides about single services with what the catalog says', async () => {
    const { body } = await permissions('post', 'apply-conditions')
      .send({
        items: [CART, 'component:default/payments', 'component:default/no'].map(
          (resourceRef, id) => ({
            id: String(id),
            resourceRef,
            resourceType: RESOURCE_TYPE_SERVICE,
            conditions: deliveryServiceConditions.isOwner({
              owners: [TEAM_CART],
            }),
          }),
        ),
      })
      .expect(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual([
      'ALLOW',
      'DENY',
      'DENY',
    ]);
  });

  it('uses resource permissions where a service is read or marked', () => {
    expect(
      [deliveryMetricsReadPermission, deliveryDeploymentMarkPermission].map(
        ({ resourceType }) => resourceType,
      ),
    ).toEqual([RESOURCE_TYPE_SERVICE, RESOURCE_TYPE_SERVICE]);
  });
});
