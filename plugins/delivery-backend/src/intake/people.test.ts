import { TestDatabases } from '@backstage/backend-test-utils';
import type { DeploymentEvent } from '@fawkes/backstage-plugin-delivery-common';
import { hashIdentity } from '@fawkes/backstage-plugin-delivery-node';
import { inTransaction } from '@fawkes/kit-backend/sql';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { applyClaims } from './applyClaims';
import { sourceMapper } from './mappers';
import { clipAtActor, hideNamesWith } from './people';
import { recordEvents } from './recordEvents';
import { tables } from '../store/tables';
import { replayRejected } from '../store/inbox';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const KEY = 'a key of some length';
const SHOP = 'component:default/shop';
/** In every name, and in nothing else. */
const NAME = /octocat|mallory/i;
const at = new Date(NOW - 3_600_000).toISOString();

const deployment = (
  id: string,
  fields: Partial<Record<string, unknown>> = {},
) => ({
  type: 'deployment',
  source: 'ci',
  id,
  occurredAt: at,
  service: SHOP,
  environment: 'production',
  status: 'success',
  finishedAt: at,
  ...fields,
});

describe.each(databases.eachSupportedId())('actors, %s', dbId => {
  let harness: Harness;
  let keyless: Harness;
  beforeAll(async () => {
    const db = await databases.init(dbId);
    harness = await createHarness(db, { identityKey: KEY });
    keyless = await createHarness(db);
  });
  beforeEach(() => harness.clear());

  /** Everything that is stored, as text. */
  async function everything(): Promise<string> {
    const all = [];
    for (const { name } of Object.values(tables)) {
      all.push(await harness.db(name).select('*'));
    }
    return JSON.stringify(all);
  }
  const actors = async () => {
    const rows = await harness.db('deployments').orderBy('ext_id');
    return Object.fromEntries(rows.map(row => [row.ext_id, row.actor]));
  };

  it('are kept as a hash with the key, and nowhere as they were sent', async () => {
    const { accepted } = await harness.tell([
      deployment('login', { actor: 'GitHub.com/Octocat' }),
      deployment('other-host', { actor: 'ghe.example/octocat' }),
      deployment('user', { actor: 'user:default/Octocat' }),
      deployment('nobody'),
    ]);
    expect(accepted).toBe(4);
    expect(await everything()).not.toMatch(NAME);
    await harness.settle();
    expect(await everything()).not.toMatch(NAME);
    expect(await actors()).toEqual({
      login: hashIdentity(KEY, 'github.com/octocat'),
      'other-host': hashIdentity(KEY, 'ghe.example/octocat'),
      user: hashIdentity(KEY, 'user:default/octocat'),
      nobody: null,
    });
    expect(new Set(Object.values(await actors())).size).toBe(4);
  });

  it('are not kept without a key', async () => {
    await keyless.tell([deployment('d1', { actor: 'github.com/octocat' })]);
    await keyless.settle();
    expect(await actors()).toEqual({ d1: null });
    expect(await everything()).not.toMatch(NAME);
  });

  it('move with the newest of what is told, as all else does', async () => {
    await harness.tell([
      deployment('d1', {
        status: 'running',
        finishedAt: undefined,
        actor: 'user:mallory',
      }),
    ]);
    await harness.tell([deployment('d1', { actor: 'github.com/octocat' })]);
    await harness.settle();
    expect(await actors()).toEqual({
      d1: hashIdentity(KEY, 'github.com/octocat'),
    });
  });

  it('are in no rejected event either, wherever they stand in it', async () => {
    const bad = { environment: '' };
    const { rejected } = await recordEvents(
      harness.db,
      [
        { value: deployment('a', { ...bad, actor: 'github.com/octocat' }) },
        { value: deployment('b', { actor: 'octocat' }) },
        { value: deployment('c', { actor: { login: 'octocat' } }) },
        { value: deployment('d', { parts: [{ actor: 'user:mallory' }] }) },
        {
          text: '{"type":"deployment","actor":"octocat"',
          fault: { path: '', reason: 'is no JSON' },
        },
      ],
      { now: NOW, correlationId: 'c', hideName: hideNamesWith(KEY) },
    );
    expect(rejected).toBe(5);
    expect(await everything()).not.toMatch(NAME);
    const payloads = await harness.db('inbox').orderBy('id').select('payload');
    expect(payloads.map(({ payload }) => payload)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(hashIdentity(KEY, 'github.com/octocat')),
        expect.stringContaining('"actor":"(not kept)"'),
        '{"type":"deployment","… (not kept)',
      ]),
    );
  });

  it('are known when a rejected event is replayed', async () => {
    const later = new Date(NOW + 3_600_000).toISOString();
    await harness.tell([
      deployment('d1', {
        occurredAt: later,
        finishedAt: later,
        actor: 'github.com/octocat',
      }),
    ]);
    expect(await harness.db('inbox').first()).toMatchObject({
      state: 'rejected',
    });
    await harness.db('inbox').update({ received_at: NOW + 3_600_000 });
    await replayRejected(harness.db, { source: 'ci' });
    await harness.settle();
    expect(await actors()).toEqual({
      d1: hashIdentity(KEY, 'github.com/octocat'),
    });
  });

  it('are no hash that somebody sends', async () => {
    const { results } = await harness.tell([
      deployment('d1', { actor: hashIdentity(KEY, 'github.com/octocat') }),
    ]);
    expect(results).toMatchObject([{ status: 'rejected', path: 'actor' }]);
  });

  it.each(['whole', 'partial'] as const)(
    'are hidden in what a source claims: %s',
    async claim => {
      const event = {
        ...(deployment('d1') as DeploymentEvent),
        actor: 'github.com/octocat',
      };
      const mapper = sourceMapper(
        {
          map: () => ({
            outcome: 'claims',
            claims: [
              claim === 'whole'
                ? { claim, event }
                : {
                    claim,
                    type: 'deployment',
                    source: event.source,
                    id: event.id,
                    occurredAt: event.occurredAt,
                    fields: { environment: 'production', actor: event.actor },
                  },
            ],
          }),
        },
        hideNamesWith(KEY),
      );
      const mapped = mapper({ deliveryId: '1', payload: {} }, NOW);
      expect(JSON.stringify(mapped)).not.toMatch(NAME);
      expect(JSON.stringify(mapped)).toContain(
        hashIdentity(KEY, 'github.com/octocat'),
      );
    },
  );

  it('are left out at the last gate, whoever forgot to hide them', async () => {
    await inTransaction(harness.db, tx =>
      applyClaims(
        tx,
        [
          {
            claim: 'whole',
            event: {
              ...(deployment('d1') as DeploymentEvent),
              actor: 'github.com/octocat',
            },
          },
        ],
        { now: NOW, dayOf: () => '2026-06-30' },
      ),
    );
    expect(await everything()).not.toMatch(NAME);
  });
});

it('text is kept up to where it may name somebody', () => {
  expect(clipAtActor('{"title":"refactor')).toBe('{"title":"refactor');
  expect(clipAtActor('{"id":1,"Actor":"x"')).toBe('{"id":1,"… (not kept)');
});
