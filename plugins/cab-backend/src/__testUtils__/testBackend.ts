import {
  createBackendModule,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import {
  changeFactsExtensionPoint,
  type ChangeCommit,
  type ChangeFacts,
} from '@fawkes/backstage-plugin-cab-node';
import {
  deliveryServiceRef,
  type DeliveryService,
} from '@fawkes/backstage-plugin-delivery-node';
import { startFamilyBackend } from '@fawkes/kit-backend-test';
import type { Knex } from 'knex';
import { cabPlugin } from '../plugin';
import { organisation, person } from './organisation';

/** The configuration of the tests. */
export const SETTINGS: JsonObject = {
  groups: {
    board: 'group:default/board',
    security: 'group:default/security',
    escalation: 'group:default/heads',
  },
  gate: {
    classes: ['test', 'staging', 'production'],
    callers: [{ subject: 'external:test-service' }],
  },
  environments: { test: 'test', dev: 'dev', staging: 'staging' },
  participation: { default: 'enforce' },
  classification: { default: { tier: 3, privileged: false } },
};

/** What the world says, in the hands of a test. */
export interface World {
  entities: Entity[];
  /** The catalog does not answer. */
  catalogAway: boolean;
  deliveryAway: boolean;
  /** What delivery knows of 90 days. */
  failRate: { finished: number; failed: number };
  /** What Git says of a sha; nothing of others. */
  git: Map<string, ChangeFacts>;
  gitAway: boolean;
}

export const commit = (more: Partial<ChangeCommit> = {}): ChangeCommit => ({
  sha: 'c'.repeat(40),
  author: { email: 'ada@example.com' },
  committer: { email: 'noreply@github.com' },
  message: 'Mend it',
  ...more,
});

/** Facts of Git: small, and by somebody. */
export const gitFacts = (...commits: ChangeCommit[]): ChangeFacts => ({
  commits,
  changedLines: 12,
  structural: false,
  reference: 'git.example/shop',
});

/** The catalog of a world, which can be away. */
function catalogOf(world: World): CatalogService {
  const now = () => {
    if (world.catalogAway) throw new Error('The catalog is away');
    return catalogServiceMock({ entities: world.entities });
  };
  return {
    getEntitiesByRefs: async (
      ...args: Parameters<CatalogService['getEntitiesByRefs']>
    ) => now().getEntitiesByRefs(...args),
    streamEntities: (...args: Parameters<CatalogService['streamEntities']>) =>
      now().streamEntities(...args),
  } as CatalogService;
}

function providerOf(world: World): BackendFeature {
  return createBackendModule({
    pluginId: 'cab',
    moduleId: 'test-facts',
    register(reg) {
      reg.registerInit({
        deps: { facts: changeFactsExtensionPoint },
        async init({ facts }) {
          facts.addProvider({
            id: 'test',
            async read({ headSha }) {
              if (world.gitAway) throw new Error('Git is away');
              return world.git.get(headSha);
            },
          });
        },
      });
    },
  });
}

/** The whole plugin behind HTTP, in a world that a test changes. */
export async function createTestBackend(
  db: Knex,
  settings: JsonObject = {},
  given: Partial<World> = {},
) {
  const world: World = {
    entities: organisation(),
    catalogAway: false,
    deliveryAway: false,
    failRate: { finished: 40, failed: 1 },
    git: new Map(),
    gitAway: false,
    ...given,
  };
  const away = () => {
    if (world.deliveryAway) throw new Error('Delivery is away');
  };
  const delivery = createServiceFactory({
    service: deliveryServiceRef,
    deps: {},
    factory: () =>
      ({
        classOf: async ({ environment }) => {
          away();
          return environment === 'prod' ? 'production' : 'other';
        },
        deployments: async () => {
          away();
          return { items: [] } as never;
        },
        metrics: async () => {
          away();
          return {
            scope: { firstFactAt: '2026-01-01T00:00:00.000Z' },
            metrics: { changeFailRate: world.failRate },
          } as never;
        },
      } as Pick<
        DeliveryService,
        'classOf' | 'deployments' | 'metrics'
      > as DeliveryService),
  });
  const features: BackendFeature[] = [providerOf(world), delivery];
  const backend = await startFamilyBackend({
    pluginId: 'cab',
    plugin: cabPlugin,
    db,
    catalog: catalogOf(world),
    config: { cab: { ...SETTINGS, ...settings } },
    features,
  });
  const as = (name: string) => backend.person(person(name));
  /** The sha of a change nobody has asked for yet. */
  let count = 0;
  const nextSha = () => (++count).toString(16).padStart(40, '0');
  const create = async (by: string, body: object = {}): Promise<Change> => {
    const { body: change } = await as(by)
      .post('/changes', {
        entityRef: 'component:default/shop',
        environment: 'test',
        headSha: nextSha(),
        title: 'Mend the basket',
        ...body,
      })
      .expect(201);
    return change;
  };
  const submit = async (by: string, change: Change): Promise<Change> =>
    (
      await as(by)
        .post(`/changes/${change.id}/submit`, { revision: change.revision })
        .expect(200)
    ).body;
  const get = async (id: string): Promise<Change> =>
    (await backend.me.get(`/changes/${id}`).expect(200)).body;
  const vote = (by: string, change: Change, more: object = {}) =>
    as(by).post(`/changes/${change.id}/votes`, {
      decision: 'approve',
      ...change.binding,
      ...more,
    });
  const gate = (change: Change, more: object = {}) =>
    backend.service.post('/gate', {
      entityRef: change.entity.ref,
      environment: change.environment,
      commitSha: change.headSha,
      runUrl: 'https://ci.example/runs/1',
      ...more,
    });
  return { ...backend, world, as, nextSha, create, submit, get, vote, gate };
}

/** See {@link createTestBackend}. */
export type TestBackend = Awaited<ReturnType<typeof createTestBackend>>;

/** The token of a service that acts for a person. */
export const onBehalfOf = (name: string) =>
  `Bearer ${mockCredentials.user.token(person(name), {
    actor: { subject: 'plugin:helper' },
  })}`;
