import {
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** What tests ask about. The stranger does not see what is secret. */
export const CART = 'component:default/cart';
export const PAYMENTS = 'component:default/payments';
export const SECRET = 'component:default/secret';
/** Lives in the repository of {@link SECRET}, where a test asks for it. */
export const SECRET_TWIN = 'component:default/secret-twin';
export const IDLE = 'component:default/idle';
export const SYSTEM = 'system:default/checkout';
export const DOMAIN = 'domain:default/shopping';
export const TEAM_CART = 'group:default/team-cart';
export const TEAM_MONEY = 'group:default/team-money';
export const ORGANISATION = 'group:default/organisation';
export const STRANGER = 'user:default/stranger';

const HIDDEN_FROM: Readonly<Record<string, readonly string[]>> = {
  [STRANGER]: [SECRET, SECRET_TWIN, 'group:default/vault'],
};

/** A small organisation: three services of one system, two teams, one domain. */
export const ORGANISATION_ENTITIES: Entity[] = [
  component('cart', TEAM_CART),
  component('payments', TEAM_MONEY),
  component('secret', TEAM_MONEY),
  component('idle', undefined),
  entity('System', 'checkout', [
    [RELATION_HAS_PART, CART],
    [RELATION_HAS_PART, PAYMENTS],
    [RELATION_HAS_PART, SECRET],
  ]),
  entity('Domain', 'shopping', [[RELATION_HAS_PART, SYSTEM]]),
  entity('Group', 'team-cart', [[RELATION_OWNER_OF, CART]]),
  entity('Group', 'team-money', [
    [RELATION_OWNER_OF, PAYMENTS],
    [RELATION_OWNER_OF, SECRET],
  ]),
  entity('Group', 'vault', [[RELATION_OWNER_OF, SECRET]]),
  entity('Group', 'organisation', [
    [RELATION_PARENT_OF, TEAM_CART],
    [RELATION_PARENT_OF, TEAM_MONEY],
  ]),
];

/** The same with a second service in the repository of {@link SECRET}. */
export const WITH_SECRET_TWIN: Entity[] = [
  ...ORGANISATION_ENTITIES,
  component('secret-twin', TEAM_MONEY, 'acme/secret'),
];

/** A catalog that hides some entities from some people, as policies make it do. */
export function personalCatalog(entities: Entity[]) {
  const catalogOf = (credentials: BackstageCredentials) => {
    const hidden = HIDDEN_FROM[userOf(credentials) ?? ''] ?? [];
    return catalogServiceMock({
      entities: entities.filter(item => !hidden.includes(refOf(item))),
    });
  };
  const getEntitiesByRefs: CatalogService['getEntitiesByRefs'] = async (
    request,
    { credentials },
  ) => catalogOf(credentials).getEntitiesByRefs(request);
  const streamEntities: CatalogService['streamEntities'] = (
    request,
    { credentials },
  ) => catalogOf(credentials).streamEntities(request);
  return { getEntitiesByRefs, streamEntities };
}

function userOf({ principal }: BackstageCredentials): string | undefined {
  const person = principal as { userEntityRef?: string };
  return person.userEntityRef;
}

function refOf({ kind, metadata }: Entity): string {
  return `${kind.toLowerCase()}:default/${metadata.name}`;
}

function component(
  name: string,
  owner: string | undefined,
  repository: string = `acme/${name}`,
): Entity {
  return {
    ...entity('Component', name, owner ? [[RELATION_OWNED_BY, owner]] : []),
    metadata: {
      name,
      title: name.toUpperCase(),
      annotations: { 'github.com/project-slug': repository },
    },
  };
}

function entity(
  kind: string,
  name: string,
  relations: Array<[type: string, targetRef: string]>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec: {},
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}
