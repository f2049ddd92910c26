import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;
let change: Change;

beforeAll(async () => {
  backend = await createTestBackend(await databases.init('SQLITE_3'));
  change = await backend.submit('sam', await backend.create('sam'));
});
afterAll(() => backend.stop());
beforeEach(() => backend.policy.clear());

/** What an assistant on somebody's behalf is answered. */
async function invoke(who: string, name: string, input: object = {}) {
  const callers: Record<string, TestBackend['me']> = {
    nobody: backend.nobody,
    service: backend.service,
  };
  const { status, body } = await (callers[who] ?? backend.as(who)).post(
    `/.backstage/actions/v1/actions/cab:${name}/invoke`,
    input,
  );
  return { status, output: body.output, message: body.error?.message };
}

const ALL: Array<[string, () => object, string]> = [
  ['list-changes', () => ({}), 'cab.change.read'],
  ['get-change', () => ({ id: change.id }), 'cab.change.read'],
  ['list-changes-waiting-for-me', () => ({}), 'cab.change.vote'],
];

describe('what assistants may ask', () => {
  it('is read-only, all of it: no action votes', async () => {
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
    expect((await invoke('sue', name, input())).status).toBe(200);
    backend.policy.set(needs, 'deny');
    const refused = await invoke('sue', name, input());
    expect(refused.status).toBe(403);
    expect(refused.message).toContain(needs);
  });

  it('is what the routes say', async () => {
    const { output: list } = await invoke('sue', 'list-changes', {
      phase: 'review',
    });
    expect(list.items).toMatchObject([{ id: change.id, title: change.title }]);
    expect(
      (await invoke('sue', 'list-changes', { phase: 'end' })).output.items,
    ).toEqual([]);
    const { output: one } = await invoke('sue', 'get-change', {
      id: change.id,
    });
    expect(one.change).toMatchObject({
      id: change.id,
      gate: { verdict: 'pending' },
      mine: { vote: null },
    });
    const waits = async (who: string) =>
      (await invoke(who, 'list-changes-waiting-for-me')).output.items.length;
    expect([
      await waits('sue'),
      await waits('sam'),
      await waits('bea'),
    ]).toEqual([1, 0, 0]);
    const odd = await invoke('sue', 'list-changes', { phase: 'merry' });
    expect([odd.status, odd.message]).toEqual([
      400,
      expect.stringContaining('phase'),
    ]);
    const service = await invoke('service', 'list-changes-waiting-for-me');
    expect(service.status).toBe(403);
  });

  it('shows nothing of entities one may not see', async () => {
    const { world } = backend;
    const before = world.entities;
    world.entities = before.filter(({ metadata }) => metadata.name !== 'shop');
    try {
      expect((await invoke('sue', 'list-changes')).output.items).toEqual([]);
      const waits = await invoke('sue', 'list-changes-waiting-for-me');
      expect(waits.output.items).toEqual([]);
      const hidden = await invoke('sue', 'get-change', { id: change.id });
      const absent = '01a22c00-0000-7000-8000-000000000000';
      const none = await invoke('sue', 'get-change', { id: absent });
      expect([hidden.status, none.status]).toEqual([404, 404]);
      expect(hidden.message.replace(change.id, absent)).toBe(none.message);
    } finally {
      world.entities = before;
    }
  });
});
