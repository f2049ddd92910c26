import { TestDatabases } from '@backstage/backend-test-utils';
import { ANNA, LENA, MIRA, PAYMENTS } from '../__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  TEMPLATE,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const WISH = {
  template: 'small-api',
  name: 'another',
  owner: PAYMENTS,
  description: 'Takes payments',
};

let backend: TestBackend;
let id: string;

beforeAll(async () => {
  backend = await createTestBackend({ db: await databases.init('SQLITE_3') });
  const { body } = await backend
    .person(MIRA)
    .post('/requests', await bodyOf('shop'))
    .expect(202);
  id = body.id;
  await backend.settle();
});

beforeEach(() => {
  backend.policy.clear();
  backend.policy.set('provisioning.request.operate', 'deny');
});

/** What an assistant on somebody's behalf is answered. */
async function invoke(who: string, name: string, input: object = {}) {
  const callers: Record<string, TestBackend['me']> = {
    nobody: backend.nobody,
    service: backend.service,
  };
  const { status, body } = await (callers[who] ?? backend.person(who)).post(
    `/.backstage/actions/v1/actions/provisioning:${name}/invoke`,
    input,
  );
  return { status, output: body.output, message: body.error?.message };
}

const ALL: Array<[string, () => object, string]> = [
  ['list-provisioned-services', () => ({}), 'provisioning.request.read'],
  ['get-provisioned-service', () => ({ id }), 'provisioning.request.read'],
  ['preview-provisioned-service', () => WISH, 'provisioning.request.plan'],
];

describe('what assistants may ask', () => {
  it('is read-only, all of it', async () => {
    const { body } = await backend.service
      .get('/.backstage/actions/v1/actions')
      .expect(200);
    const found = body.actions.map(
      ({ name, attributes }: { name: string; attributes: object }) => [
        name,
        attributes,
      ],
    );
    expect(found.sort()).toEqual(
      ALL.map(([name]) => [
        name,
        { readOnly: true, destructive: false, idempotent: true },
      ]).sort(),
    );
  });

  it.each(ALL)('%s needs what its route needs', async (name, input, needs) => {
    expect((await invoke('nobody', name, input())).status).toBe(401);
    expect((await invoke(MIRA, name, input())).status).toBe(200);
    backend.policy.set(needs, 'deny');
    const refused = await invoke(MIRA, name, input());
    expect(refused.status).toBe(403);
    expect(refused.message).toContain(needs);
  });

  it('lists their own, and what they may see beside it', async () => {
    const names = async (who: string, input: object = {}) => {
      const { output } = await invoke(who, 'list-provisioned-services', input);
      return output.items.map((each: { name: string }) => each.name);
    };
    expect(await names(MIRA)).toEqual(['shop']);
    expect(await names(MIRA, { state: ['failed'] })).toEqual([]);
    expect(await names(ANNA, { mine: false, owner: [PAYMENTS] })).toEqual([]);
    await backend.asPlatform(async () => {
      expect(await names(LENA)).toEqual([]);
      expect(await names(LENA, { mine: false })).toEqual(['shop']);
    });
    const odd = await invoke(MIRA, 'list-provisioned-services', {
      state: ['merry'],
    });
    expect([odd.status, odd.message]).toEqual([
      400,
      expect.stringContaining('state'),
    ]);
  });

  it('shows one with what its run did, and a stranger that there is none', async () => {
    const { output } = await invoke(MIRA, 'get-provisioned-service', { id });
    expect(output.request).toMatchObject({ name: 'shop', state: 'ready' });
    expect(output.effects.map(({ type }: { type: string }) => type)).toContain(
      'repo:ensure',
    );
    const absent = '01a22c00-0000-7000-8000-000000000000';
    const hidden = await invoke(ANNA, 'get-provisioned-service', { id });
    const none = await invoke(ANNA, 'get-provisioned-service', { id: absent });
    expect([hidden.status, none.status]).toEqual([404, 404]);
    expect(hidden.message.replace(id, absent)).toBe(none.message);
  });

  it('previews for a person, with what stands in their way, and changes nothing', async () => {
    const rows = async () => [
      await backend.db('requests').count(),
      await backend.db('bundles').count(),
    ];
    const before = await rows();
    const { output } = await invoke(MIRA, 'preview-provisioned-service', WISH);
    expect(output).toMatchObject({
      obstacles: [],
      planDigest: expect.any(String),
    });
    expect(output.files[0]).not.toHaveProperty('content');
    const stranger = await invoke(ANNA, 'preview-provisioned-service', WISH);
    expect(stranger.output.obstacles).toHaveLength(1);
    const nobody = await invoke('service', 'preview-provisioned-service', WISH);
    expect(nobody.status).toBe(403);
    const unknown = await invoke(MIRA, 'preview-provisioned-service', {
      ...WISH,
      template: 'x'.repeat(5_000),
    });
    expect(unknown.status).toBe(400);
    expect(unknown.message.length).toBeLessThan(500);
    expect(unknown.message).toContain('there are small-api');
    expect(TEMPLATE).toContain('small-api');
    expect(await rows()).toEqual(before);
  });
});
