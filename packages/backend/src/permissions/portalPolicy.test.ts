import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  templateManagementPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { PortalPolicy } from './portalPolicy';

const metricsRead = createPermission({
  name: 'delivery.metrics.read',
  attributes: { action: 'read' },
  resourceType: 'delivery-service',
});
const eventsWrite = createPermission({
  name: 'delivery.events.write',
  attributes: { action: 'create' },
});
const intakeManage = createPermission({
  name: 'delivery.intake.manage',
  attributes: { action: 'update' },
});
const deploymentMark = createPermission({
  name: 'delivery.deployment.mark',
  attributes: { action: 'update' },
  resourceType: 'delivery-service',
});
const changeCreate = createPermission({
  name: 'cab.change.create',
  attributes: { action: 'create' },
  resourceType: 'cab-change',
});

const learn = createPermission({
  name: 'dojo.learn',
  attributes: { action: 'update' },
});
const review = createPermission({
  name: 'dojo.review',
  attributes: { action: 'update' },
});

const MIRA = 'user:default/mira.okafor';
const LENA = 'user:default/lena.hofmann';

function decide(permission: Permission, userEntityRef?: string) {
  const groups =
    userEntityRef === LENA
      ? ['group:default/platform']
      : ['group:default/payments-core'];
  const policy = new PortalPolicy({
    platformTeams: ['group:default/platform'],
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: userEntityRef ?? '',
        ownershipEntityRefs: [userEntityRef ?? '', ...groups],
      }),
    }),
  });
  const user = userEntityRef
    ? {
        credentials: mockCredentials.user(userEntityRef),
        info: { userEntityRef, ownershipEntityRefs: [] },
      }
    : undefined;
  return policy.handle({ permission }, user);
}

describe('PortalPolicy', () => {
  it.each([
    catalogEntityReadPermission,
    catalogEntityCreatePermission,
    taskCreatePermission,
    metricsRead,
    eventsWrite,
    learn,
  ])('refuses $name to people who are not signed in', async permission => {
    expect(await decide(permission)).toEqual({ result: AuthorizeResult.DENY });
  });

  it.each([
    catalogEntityReadPermission,
    catalogEntityCreatePermission,
    taskCreatePermission,
    actionExecutePermission,
    metricsRead,
    learn,
    review,
  ])('allows $name to everybody who is signed in', async permission => {
    expect(await decide(permission, MIRA)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it.each([catalogEntityDeletePermission, catalogEntityRefreshPermission])(
    'allows $name to the owner of the entity',
    async permission => {
      expect(await decide(permission, MIRA)).toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          params: { claims: [MIRA, 'group:default/payments-core'] },
        },
      });
    },
  );

  it('lets the owner of a service mark its deployments', async () => {
    expect(await decide(deploymentMark, MIRA)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'delivery',
      conditions: {
        rule: 'IS_OWNER',
        resourceType: 'delivery-service',
        params: { owners: [MIRA, 'group:default/payments-core'] },
      },
    });
  });

  it('lets the owner of an entity ask for a change, and everybody vote and comment', async () => {
    expect(await decide(changeCreate, MIRA)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'cab',
      conditions: {
        rule: 'IS_OWNER',
        resourceType: 'cab-change',
        params: { owners: [MIRA, 'group:default/payments-core'] },
      },
    });
    for (const name of ['cab.change.vote', 'cab.change.comment']) {
      const permission = createPermission({
        name,
        attributes: { action: 'update' },
      });
      expect(await decide(permission, MIRA)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('lets people stop the template runs they started', async () => {
    expect(await decide(taskCancelPermission, MIRA)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: { rule: 'IS_TASK_OWNER', params: { createdBy: [MIRA] } },
    });
  });

  it.each([
    catalogLocationDeletePermission,
    templateManagementPermission,
    eventsWrite,
    intakeManage,
  ])('keeps $name with the platform team', async permission => {
    expect(await decide(permission, MIRA)).toEqual({
      result: AuthorizeResult.DENY,
    });
    expect(await decide(permission, LENA)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });
});
