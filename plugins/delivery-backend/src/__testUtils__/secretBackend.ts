import type { Knex } from 'knex';
import { deliveryServiceConditions } from '../permissions/rules';
import {
  CLASSIFIED,
  SECRET_REJECTED,
  SECRET_SHAS,
  SECRET_STORY,
} from './secretStory';
import { STORY } from './story';
import { createTestBackend, type TestBackend } from './testBackend';
import { SECRET, SECRET_TWIN, STRANGER, WITH_SECRET_TWIN } from './testCatalog';
import type { Caller } from './walk';

/** A backend that knows of secret services. */
export interface SecretBackend {
  backend: TestBackend;
  /** Keys of deployments, by `id service`. */
  keys: Record<string, string>;
  /** Words of which nobody hears one who may not see the secret services. */
  secrets: RegExp;
}

/** Starts a backend and tells it the story, with what is secret in it. */
export async function createSecretBackend(db: Knex): Promise<SecretBackend> {
  const backend = await createTestBackend({ db, entities: WITH_SECRET_TWIN });
  await backend.me
    .post('/events', [...STORY, ...SECRET_STORY, SECRET_REJECTED])
    .expect(202);
  await backend.settle();
  const { body } = await backend.me
    .get('/deployments?limit=200&production=false')
    .expect(200);
  const items: Array<{ id: string; service: string; key: string }> = body.items;
  const keys = Object.fromEntries(
    items.map(({ id, service, key }) => [`${id} ${service}`, key]),
  );
  await backend.me
    .post(`/deployments/${keys[`release-1 ${SECRET}`]}/marks`, {
      verdict: 'not_failed',
      reason: `${CLASSIFIED} reason`,
    })
    .expect(204);
  await backend.settle();
  const incidents = await db('incidents')
    .where('source', `${CLASSIFIED}-pager`)
    .orWhere('service', SECRET)
    .select('fact_key');
  const words = [
    CLASSIFIED,
    'secret',
    ...SECRET_SHAS,
    ...incidents.map((row): string => row.fact_key),
    ...items.flatMap(({ service, key }) =>
      [SECRET, SECRET_TWIN].includes(service) ? [key] : [],
    ),
  ];
  return { backend, keys, secrets: new RegExp(words.join('|'), 'gi') };
}

/** The ways of not seeing the secret services, and who does not see them so. */
export const HIDDEN_BY: Array<
  [way: string, caller: (backend: TestBackend) => Caller]
> = [
  ['the catalog', backend => backend.person(STRANGER)],
  [
    'a condition of the permission',
    backend => {
      backend.policy.set('delivery.metrics.read', {
        not: deliveryServiceConditions.isService({
          services: [SECRET, SECRET_TWIN],
        }),
      });
      return backend.me;
    },
  ],
];
