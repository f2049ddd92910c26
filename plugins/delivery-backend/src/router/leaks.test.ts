import { TestDatabases } from '@backstage/backend-test-utils';
import {
  deploymentResponseSchema,
  say,
  type DeploymentResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import {
  createSecretBackend,
  HIDDEN_BY,
  type SecretBackend,
} from '../__testUtils__/secretBackend';
import { CLASSIFIED, SECRET_SHAS } from '../__testUtils__/secretStory';
import {
  CART,
  DOMAIN,
  ORGANISATION,
  PAYMENTS,
  SECRET,
  SECRET_TWIN,
  SYSTEM,
  TEAM_CART,
  TEAM_MONEY,
} from '../__testUtils__/testCatalog';
import {
  documentedRoutes,
  walkEverything,
  type Caller,
  type Visit,
} from '../__testUtils__/walk';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const SCOPES = [
  CART,
  PAYMENTS,
  SYSTEM,
  DOMAIN,
  TEAM_CART,
  TEAM_MONEY,
  ORGANISATION,
];
let backend: SecretBackend['backend'];
let keys: SecretBackend['keys'];
let secrets: SecretBackend['secrets'];

beforeAll(async () => {
  ({ backend, keys, secrets } = await createSecretBackend(
    await databases.init('SQLITE_3'),
  ));
});

beforeEach(() => {
  backend.policy.clear();
});

function leaksOf(visits: readonly Visit[]) {
  return visits.flatMap(({ path, said }) => {
    const words = said.match(secrets);
    return words ? [{ path, words: [...new Set(words)] }] : [];
  });
}

it('tells all of it to those who may see it, so that a leak would be found', async () => {
  const visits = await walkEverything(backend.me, [...SCOPES, SECRET]);
  const said = visits.map(visit => visit.said).join('\n');
  for (const text of [
    `${CLASSIFIED} outage lost the keys`,
    `${CLASSIFIED}-sev1`,
    `https://${CLASSIFIED}.example/breach`,
    `https://${CLASSIFIED}.example/deployment-1`,
    `https://${CLASSIFIED}.example/commit-3`,
    `${CLASSIFIED}-production`,
    `${CLASSIFIED}-1.0`,
    `pkg:oci/${CLASSIFIED}`,
    `${CLASSIFIED} change 3`,
    `${CLASSIFIED} request`,
    `${CLASSIFIED} reason`,
    `${CLASSIFIED}-bad`,
    SECRET_TWIN,
    ...SECRET_SHAS,
  ]) {
    expect(said).toContain(text);
  }
});

describe.each(HIDDEN_BY)('a service hidden by %s', (_, asCaller) => {
  let caller: Caller;
  beforeEach(() => {
    caller = asCaller(backend);
    for (const permission of [
      'delivery.events.write',
      'delivery.intake.read',
      'delivery.intake.manage',
    ]) {
      backend.policy.set(permission, 'deny');
    }
  });

  it('is in no answer of any route', async () => {
    const visits = await walkEverything(caller, SCOPES);
    expect(leaksOf(visits)).toEqual([]);
    const routes = new Set(visits.map(visit => visit.route));
    routes.delete('post action');
    expect([...routes].sort()).toEqual(documentedRoutes());
    const answered = visits.filter(visit => visit.status === 200);
    expect([...new Set(answered.map(visit => visit.route))].sort()).toEqual([
      'get /changes/{key}',
      'get /deployments',
      'get /deployments/{key}',
      'get /environments',
      'get /incidents',
      'get /metrics',
      'get /metrics/by',
      'get /openapi.json',
      'get /quality',
      'post action',
    ]);
  });

  it('is not in what the intake lacks either', async () => {
    backend.policy.delete('delivery.intake.read');
    const visits = await walkEverything(caller, SCOPES);
    // Both are about what was sent, before anybody knows whose it is.
    const bare = ['get /sources', 'get /rejected'];
    expect(
      leaksOf(visits.filter(visit => !bare.includes(visit.route))),
    ).toEqual([]);
    const { body } = await caller.get('/quality').expect(200);
    expect(body.unmapped).not.toEqual([]);
  });

  const read = async (id: string, service: string) => {
    const { body } = await caller
      .get(`/deployments/${keys[`${id} ${service}`]}`)
      .expect(200);
    return expectContract(deploymentResponseSchema, body);
  };
  const hidden = {
    cause: 'incident',
    hidden: true,
    ...say('cause.incident_hidden'),
  };

  it('is said to have broken and mended a deployment, without a word about it', async () => {
    const answer = await read('cart-2', CART);
    expect(answer.deployment.failed).toBe(true);
    expect(answer.causes).toEqual([hidden]);
    expect(answer.incidents).toEqual([]);
    expect(answer.recovery).toEqual({
      at: answer.deployment.recoveredAt,
      by: 'incident-resolved',
      hidden: true,
      ...say('recovery.by.incident_hidden'),
    });
  });

  it('is said once, however many of its incidents there are', async () => {
    const { causes, incidents } = await read('cart-4', CART);
    expect(causes).toEqual([hidden]);
    expect(incidents).toEqual([]);
  });

  it('leaves what may be seen as it is', async () => {
    const { causes, incidents, recovery } = await read('cart-3', CART);
    const ids = (answer: DeploymentResponse['causes']) =>
      answer.map(cause => cause.fact?.id ?? 'hidden');
    expect(ids(causes)).toEqual(['hidden', 'outage', 'cart-4']);
    expect(incidents.map(incident => incident.id)).toEqual(['outage']);
    expect(recovery?.fact?.id).toBe('cart-4');
  });

  it('keeps the changes of its repository out of what others deployed', async () => {
    const { changes, changesHidden } = await read('cart-5', CART);
    expect({ changes, changesHidden }).toEqual({
      changes: [],
      changesHidden: true,
    });
    expect(await read('cart-4', CART)).toMatchObject({
      changes: [{ title: 'Change 6' }],
      changesHidden: false,
    });
  });
});

it('shows who may see the services everything, and says nothing of hiding', async () => {
  for (const id of ['cart-2', 'cart-3', 'cart-5']) {
    const { text } = await backend.me
      .get(`/deployments/${keys[`${id} ${CART}`]}`)
      .expect(200);
    expect(text).not.toContain('"hidden"');
    expect(text).toContain('"changesHidden":false');
    expect(text).toContain(CLASSIFIED);
  }
});

it('is not in the news that everybody hears', () => {
  expect(backend.signals.length).toBeGreaterThan(0);
  expect(JSON.stringify(backend.signals)).not.toMatch(secrets);
});
