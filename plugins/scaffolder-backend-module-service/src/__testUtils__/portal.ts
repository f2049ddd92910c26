import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { RELATION_MEMBER_OF, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import provisioningPlugin from '@fawkes/backstage-plugin-provisioning-backend';
import {
  EFFECT_TYPES,
  type EffectType,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningDriversExtensionPoint,
  type EffectContext,
  type EffectResult,
} from '@fawkes/backstage-plugin-provisioning-node';
import {
  provisioningModuleServiceTemplates,
  scaffolderModuleService,
} from '../module';
import { readTemplates } from '../templateFolders';

export const MIRA = 'user:default/mira';
export const TOM = 'user:default/tom';
/** In no group. */
export const ANNA = 'user:default/anna';
export const PAYMENTS = 'group:default/payments';

/** States of a task that has not ended. */
const BUSY = new Set(['open', 'processing']);

const said = (text: string) => ({ code: 'test', params: {}, text });

/** GitHub, as far as a test says what it does. */
export class FakeHost {
  /** What the next effects of a type come to; done when there is nothing. */
  readonly plays = new Map<EffectType, EffectResult[]>();
  /** Everything that was made, in its order. */
  readonly made: EffectType[] = [];
  /** Waited for before an effect is made. */
  readonly gates = new Map<EffectType, Promise<void>>();

  /** Says what the next effects of a type come to. */
  play(type: EffectType, ...results: EffectResult[]) {
    this.plays.set(type, results);
  }

  readonly make = async ({
    effect: { type },
    request,
    log,
  }: EffectContext): Promise<EffectResult> => {
    await this.gates.get(type);
    log(`${type} of ${request.name}`);
    const play = this.plays.get(type)?.shift();
    if (play && play.state !== 'done') return play;
    this.made.push(type);
    return {
      state: 'done',
      origin: 'created',
      links:
        type === 'repo:ensure'
          ? [
              {
                kind: 'repository',
                title: request.name,
                target: `https://github.com/acme/${request.name}`,
              },
            ]
          : [],
    };
  };
}

export const failed = (text: string, needsPerson = false): EffectResult => ({
  state: 'failed',
  reason: said(text),
  needsPerson,
});

const driversModule = (host: FakeHost) =>
  createBackendModule({
    pluginId: 'provisioning',
    moduleId: 'fake-host',
    register(reg) {
      reg.registerInit({
        deps: { drivers: provisioningDriversExtensionPoint },
        async init({ drivers }) {
          drivers.addDrivers({
            types: EFFECT_TYPES.filter(type => !type.startsWith('name:')),
            place: 'anywhere',
            makes: ({ spec }) => spec.repository.host === 'github',
            make: host.make,
            lookUp: async () => ({ state: 'absent' }),
          });
          drivers.addPlaces({
            host: 'github',
            words: () => said('A stand-in'),
            places: () => [{ server: 'github.com', owner: 'acme' }],
            available: () => true,
            observe: async () => 'absent',
          });
        },
      });
    },
  });

const entity = (
  kind: string,
  name: string,
  relations: Entity['relations'] = [],
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: {},
  relations,
});

/** A scaffolder and a provisioning plugin that know each other over HTTP. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** Starts both. */
export async function startPortal({
  host = new FakeHost(),
  config = {},
  isInCatalog = async () => undefined,
  recovery = true,
}: {
  host?: FakeHost;
  config?: JsonObject;
  /** A further entity of the catalog. */
  isInCatalog?: (ref: string) => Promise<Entity | undefined>;
  /** Whether steps that were done are left out when a task is tried again. */
  recovery?: boolean;
} = {}) {
  const templates = await readTemplates();
  const member = [{ type: RELATION_MEMBER_OF, targetRef: PAYMENTS }];
  const catalog = catalogServiceMock({
    entities: [
      ...templates.map(each => each.entity as unknown as Entity),
      entity('Group', 'payments'),
      entity('User', 'mira', member),
      entity('User', 'tom', member),
      entity('User', 'anna'),
    ],
  });
  const known = catalog.getEntityByRef.bind(catalog);
  catalog.getEntityByRef = async (ref, options) =>
    (await known(ref, options)) ?? isInCatalog(String(ref));
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleService,
      provisioningPlugin,
      provisioningModuleServiceTemplates,
      driversModule(host),
      mockServices.rootConfig.factory({
        data: {
          backend: { listen: { host: '127.0.0.1', port: 0 } },
          // Without it a task that is tried again begins at its first step.
          scaffolder: { taskRecovery: { enabled: recovery } },
          ...config,
        },
      }),
      // Nobody runs the portal.
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => {
          const decide = async (
            asked: ReadonlyArray<{ permission: { name: string } }>,
          ) =>
            asked.map(
              ({ permission: { name } }): DefinitivePolicyDecision => ({
                result:
                  name === 'provisioning.request.operate'
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
              }),
            );
          return { authorize: decide, authorizeConditional: decide };
        },
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async ({ principal }) => {
            const { userEntityRef: ref } = principal as {
              userEntityRef: string;
            };
            const groups = [MIRA, TOM].includes(ref) ? [PAYMENTS] : [];
            return {
              userEntityRef: ref,
              ownershipEntityRefs: [ref, ...groups],
            };
          },
        }),
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
    ],
  });
  const send = async (who: string, path: string, body?: object) => {
    const answer = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          'content-type': 'application/json',
          authorization: mockCredentials.user.header(who),
        },
        ...(body && { body: JSON.stringify(body) }),
      },
    );
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, text };
  };
  const read = async (who: string, path: string, body?: object) => {
    const { ok, text } = await send(who, path, body);
    if (!ok) throw new Error(text);
    return text ? JSON.parse(text) : undefined;
  };
  const taskOf = async (who: string, id: string) => {
    const { status, ...task } = await read(who, `/scaffolder/v2/tasks/${id}`);
    const events: Array<{
      type: string;
      body: { message: string; output?: Record<string, unknown> };
    }> = await read(who, `/scaffolder/v2/tasks/${id}/events?after=0`);
    return {
      status: status as string,
      log: events.map(({ body }) => body.message).join('\n'),
      output: events.find(({ body }) => body.output)?.body.output,
      task,
    };
  };
  return {
    host,
    send,
    read,
    stop: () => backend.stop(),
    /** Starts a task of a template; returns its id. */
    async start(who: string, template: string, values: object) {
      const { id } = await read(who, '/scaffolder/v2/tasks', {
        templateRef: `template:default/${template}`,
        values,
      });
      return id as string;
    },
    taskOf,
    /** Resolves with a task once it has ended, or its log says something. */
    async until(who: string, id: string, says?: string | RegExp) {
      const deadline = Date.now() + 120_000;
      for (;;) {
        const task = await taskOf(who, id);
        if (says ? task.log.match(says) : !BUSY.has(task.status)) return task;
        if (Date.now() > deadline) throw new Error(`Still: ${task.log}`);
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
    /** The requests that somebody sees. */
    async requests(who: string) {
      const { items } = await read(who, '/provisioning/requests');
      return items as Array<{ id: string; name: string; state: string }>;
    },
  };
}
