import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { ownerRule, type Owned } from './owned';
import { Viewer, type ResourceFilter } from './viewer';

const thingRef = createPermissionResourceRef<
  Owned,
  ResourceFilter<Owned>
>().with({ pluginId: 'things', resourceType: 'thing' });
const isOwner = createPermissionRule({
  resourceRef: thingRef,
  ...ownerRule('things'),
});
const read = createPermission({
  name: 'thing.read',
  attributes: { action: 'read' },
  resourceType: 'thing',
});
const edit = createPermission({
  name: 'thing.edit',
  attributes: { action: 'update' },
  resourceType: 'thing',
});
const send = createPermission({ name: 'thing.send', attributes: {} });

const decisions = new Map<string, PolicyDecision>();
const decide = (name: string) =>
  decisions.get(name) ?? { result: AuthorizeResult.ALLOW };
type Asked = { permission: Permission };
const permissions = {
  authorize: jest.fn(async (asked: Asked[]) =>
    asked.map(({ permission }) => decide(permission.name)),
  ),
  authorizeConditional: jest.fn(async (asked: Asked[]) =>
    asked.map(({ permission }) => decide(permission.name)),
  ),
};
const entity = (kind: string, name: string, ...targets: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
  relations: targets.map(targetRef => ({ type: 'hasPart', targetRef })),
});
const mock = catalogServiceMock({
  entities: [
    entity('System', 'shop', 'component:default/a', 'component:default/b'),
    entity('Component', 'a', 'component:default/b', 'api:default/x'),
    entity('Component', 'b', 'component:default/a'),
    entity('API', 'x'),
  ],
});
const catalog = {
  getEntitiesByRefs: jest.fn(mock.getEntitiesByRefs.bind(mock)),
  streamEntities: jest.fn(mock.streamEntities.bind(mock)),
};

function viewer(credentials: BackstageCredentials = mockCredentials.user()) {
  return new Viewer(credentials, {
    permissions: permissions as never,
    registry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({ getRuleByName: () => isOwner } as never),
    }),
    catalog: catalog as never,
    resources: [thingRef],
  });
}

beforeEach(() => {
  jest.clearAllMocks();
  decisions.clear();
});

describe('what a viewer may do', () => {
  it('is asked for in one round, once', async () => {
    const me = viewer();
    await me.ask([read, edit, send]);
    await me.require(send);
    await me.filter(read);
    expect(await me.may(edit, { ref: 'x', owner: null })).toBe(true);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(1);
    expect(permissions.authorize).toHaveBeenCalledTimes(1);
  });

  it('is refused by name', async () => {
    decisions.set('thing.send', { result: AuthorizeResult.DENY });
    decisions.set('thing.read', { result: AuthorizeResult.DENY });
    await expect(viewer().require(send)).rejects.toThrow(/'thing.send'/);
    await expect(viewer().require(read)).rejects.toThrow(/'thing.read'/);
    await expect(viewer().filter(read)).rejects.toThrow(/'thing.read'/);
    expect(await viewer().may(read, { ref: 'x', owner: null })).toBe(false);
  });

  it('is refused where the policy gives a condition on nothing', async () => {
    // A policy that is wrong: there is no resource the condition could be of.
    decisions.set('thing.send', {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'things',
      resourceType: 'thing',
      conditions: { rule: 'IS_OWNER', resourceType: 'thing', params: {} },
    });
    await expect(viewer().require(send)).rejects.toThrow(/'thing.send'/);
    expect(await viewer().can(send)).toBe(false);
  });

  it('depends on the resource where the policy says so', async () => {
    decisions.set('thing.read', {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'things',
      resourceType: 'thing',
      conditions: {
        anyOf: [
          {
            rule: 'IS_OWNER',
            resourceType: 'thing',
            params: { owners: ['group:default/ours'] },
          },
        ],
      },
    });
    const covers = await viewer().filter<Owned>(read);
    expect(covers({ ref: 'a', owner: 'group:default/ours' })).toBe(true);
    expect(covers({ ref: 'a', owner: 'group:default/theirs' })).toBe(false);
    expect(covers({ ref: 'a', owner: null })).toBe(false);
    await expect(viewer().require(read)).resolves.toBeUndefined();
  });

  it('is an error for all who wait when the framework is away', async () => {
    permissions.authorizeConditional.mockRejectedValueOnce(new Error('away'));
    const me = viewer();
    await expect(me.ask([read])).rejects.toThrow('away');
    await expect(me.filter(read)).rejects.toThrow('away');
  });
});

describe('what a viewer sees', () => {
  it('is looked up once, and together', async () => {
    const me = viewer();
    const found = await me.entities([
      'component:default/a',
      'component:default/nothing',
      'component:default/a',
    ]);
    expect([...found.keys()]).toEqual(['component:default/a']);
    await me.entities(['component:default/a', 'component:default/nothing']);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(1);
    await me.entities([]);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(1);
  });

  it('is found below an entity, circles included, other kinds left out', async () => {
    const me = viewer();
    const shop = (await me.entities(['system:default/shop'])).get(
      'system:default/shop',
    )!;
    const below = await me.below(shop, {
      relations: { system: ['hasPart'], component: ['hasPart'] },
      kinds: ['component'],
    });
    expect(below.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  });

  it('is everything of a kind, asked for once', async () => {
    const me = viewer();
    const names = (await me.every('Component')).map(e => e.metadata.name);
    expect(names.sort()).toEqual(['a', 'b']);
    await me.every('Component');
    expect(catalog.streamEntities).toHaveBeenCalledTimes(1);
  });
});

it('knows the person, and no person behind a service', () => {
  expect(viewer(mockCredentials.user('user:default/mira')).userRef).toBe(
    'user:default/mira',
  );
  expect(viewer(mockCredentials.service()).userRef).toBeUndefined();
});
