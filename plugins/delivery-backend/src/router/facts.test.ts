import { TestDatabases } from '@backstage/backend-test-utils';
import {
  changeResponseSchema,
  deploymentResponseSchema,
  deploymentsResponseSchema,
  incidentsResponseSchema,
  type DeploymentSummary,
  say,
  unknownFigure,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import { walkPages } from '../__testUtils__/pages';
import { ago, broken, deployed, STORY } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import {
  CART,
  PAYMENTS,
  SECRET,
  SYSTEM,
  TEAM_CART,
} from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** A key as the API writes it, of whatever parts. */
function changeKey(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

describe.each(databases.eachSupportedId())('facts, %s', databaseId => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init(databaseId),
      settings: { sandboxSources: ['stand-in'], sampleSources: ['sample'] },
    });
    // Ties in time, so that pages have to break them.
    const ties = Array.from({ length: 25 }, (_, n) => [
      deployed(`tie-${n}`, ago(40, n % 2), {
        service: 'payments',
        source: 'sample',
      }),
      broken(`tie-${n}`, PAYMENTS, ago(40, n % 3), { resolvedAt: ago(39) }),
    ]).flat();
    await backend.me
      .post('/events', [
        ...STORY,
        ...ties,
        deployed('play-1', ago(2, 9), { source: 'stand-in', service: 'cart' }),
        broken('play', CART, ago(2, 10), { source: 'stand-in' }),
      ])
      .expect(202);
    await backend.settle();
  });

  const deployments = async (query: string) => {
    const { body } = await backend.me.get(`/deployments?${query}`).expect(200);
    return expectContract(deploymentsResponseSchema, body);
  };
  const incidents = async (query: string) => {
    const { body } = await backend.me.get(`/incidents?${query}`).expect(200);
    return expectContract(incidentsResponseSchema, body);
  };
  const idsOf = (items: Array<{ id: string }>) => items.map(({ id }) => id);
  const keyOf = async (id: string, scope: string = CART) => {
    const { items } = await deployments(
      `scope=${scope}&limit=200&production=false`,
    );
    return items.find(item => item.id === id)!.key;
  };
  const deployment = async (id: string, scope: string = CART) => {
    const { body } = await backend.me
      .get(`/deployments/${await keyOf(id, scope)}`)
      .expect(200);
    return expectContract(deploymentResponseSchema, body);
  };

  describe('GET /deployments', () => {
    it('lists those of a service, newest first, sandbox and all', async () => {
      const { items } = await deployments(`scope=${CART}`);
      expect(idsOf(items)).toEqual([
        'play-1',
        'release-1',
        'cart-failed',
        'cart-4',
        'cart-3',
        'cart-2',
        'cart-1',
      ]);
      const [play, , failure, hotfix, bad, , first] = items;
      expect(play).toMatchObject({ sandbox: true, sample: false });
      expect(failure).toMatchObject({ status: 'failure', failed: false });
      expect(hotfix).toMatchObject({
        kind: 'hotfix',
        rework: true,
        changes: 1,
      });
      expect(bad).toMatchObject({
        failed: true,
        recoveredAt: ago(8, 15),
        recoverySeconds: 3 * 3600,
        changes: 2,
        method: 'reachability',
        serviceTitle: 'CART',
      });
      expect(first).toMatchObject({
        seed: true,
        changes: 0,
        leadTime: { value: null },
      });
    });

    it('leaves sandbox facts out of wider scopes', async () => {
      const { items } = await deployments(`scope=${TEAM_CART}&limit=200`);
      expect(idsOf(items)).not.toContain('play-1');
    });

    it.each([
      ['failed=true', ['play-1', 'cart-3']],
      ['environment=staging&production=false', ['cart-staging']],
      [`from=${ago(8)}&to=${ago(5)}`, ['cart-3']],
      [`from=${ago(8, 12)}&to=${ago(8, 13)}`, ['cart-3']],
      [`from=${ago(8, 11)}&to=${ago(8, 12)}`, []],
      [
        `from=${ago(8).slice(0, 10)}&to=${ago(7).slice(
          0,
          10,
        )}&tz=Pacific/Kiritimati`,
        [],
      ],
      [
        `from=${ago(8).slice(0, 10)}&to=${ago(7).slice(0, 10)}&tz=UTC`,
        ['cart-3'],
      ],
    ])('narrows by %s', async (query, ids) => {
      const { items } = await deployments(`scope=${CART}&${query}`);
      expect(idsOf(items)).toEqual(ids);
    });

    it('pages through all of them, whatever the size of a page', async () => {
      const whole = await deployments('limit=200');
      expect(whole.nextCursor).toBeNull();
      const sorted = [...whole.items].sort((a, b) =>
        a.finishedAt! < b.finishedAt! ? 1 : -1,
      );
      expect(whole.items.map(item => item.finishedAt)).toEqual(
        sorted.map(item => item.finishedAt),
      );
      expect(new Set(whole.items.map(item => item.key)).size).toBe(
        whole.items.length,
      );
      for (const limit of [1, 7, whole.items.length]) {
        const walked = await walkPages<DeploymentSummary>(
          cursor => deployments(`limit=${limit}${cursor}`),
          whole.items.length,
        );
        expect(walked).toEqual(whole.items);
      }
    });

    it('keeps its place when new ones come in while it is read', async () => {
      const first = await deployments(`scope=${SYSTEM}&limit=2`);
      await backend.me
        .post('/events', [
          deployed('newcomer', ago(0), { service: 'payments' }),
        ])
        .expect(202);
      await backend.settle();
      const second = await deployments(
        `scope=${SYSTEM}&limit=200&cursor=${first.nextCursor}`,
      );
      const seen = idsOf([...first.items, ...second.items]);
      expect(seen).not.toContain('newcomer');
      expect(seen).toContain('pay-1');
    });

    it('gives CSV that no spreadsheet runs, and where it goes on', async () => {
      const { text, headers } = await backend.me
        .get(`/deployments?scope=${CART}&limit=5`)
        .set('Accept', 'text/csv')
        .expect(200);
      const lines = text.trimEnd().split('\r\n');
      expect(lines).toHaveLength(6);
      expect(lines[0]).toMatch(/^source,id,service,environment,status,/);
      expect(lines[5]).toContain(",'=1+1,");
      expect(headers.link).toMatch(
        /^<\/api\/delivery\/deployments\?scope=.*&cursor=[\w-]+>; rel="next"$/,
      );
    });

    it.each([
      'cursor=nonsense',
      `cursor=${Buffer.from('[1]').toString('base64url')}`,
      `cursor=${Buffer.from('[1e999,"a"]').toString('base64url')}`,
      `cursor=${Buffer.from('[1,"\\u0000"]').toString('base64url')}`,
      'environment=%00',
      'limit=0',
      'limit=201',
      'limit=many',
      'production=maybe',
      'colour=red',
    ])('refuses %s', async query => {
      const { body } = await backend.me
        .get(`/deployments?${query}`)
        .expect(400);
      expect(body.error.message).toMatch(new RegExp(`^${query.split('=')[0]}`));
    });
  });

  describe('GET /deployments/:key', () => {
    it('explains a failed deployment', async () => {
      const answer = await deployment('cart-3');
      expect(answer.methodText).toMatch(/reachable/);
      expect(answer).toMatchObject({
        methodSaid: say('method.reachability'),
        confidenceSaid: { code: expect.stringMatching(/^confidence\./) },
      });
      expect(answer.changes.map(change => change.title)).toEqual([
        'Change 5',
        'Change 4',
      ]);
      expect(answer.changes[0].pullRequest).toMatchObject({
        number: 7,
        title: 'Pay by invoice',
      });
      expect(answer.causes).toMatchObject([
        {
          cause: 'incident',
          fact: { id: 'outage' },
          code: 'cause.incident',
        },
        {
          cause: 'hotfix-followed',
          fact: { id: 'cart-4' },
          ...say('cause.hotfix_followed'),
        },
      ]);
      expect(answer.recovery).toMatchObject({
        by: 'incident-resolved',
        fact: { id: 'outage' },
      });
      expect(answer.incidents).toMatchObject([{ id: 'outage', service: CART }]);
      expect(answer).toMatchObject({
        mark: null,
        mayMark: true,
        previous: { id: 'cart-2' },
        next: { id: 'cart-4' },
      });
    });

    it('says why a seed contains nothing', async () => {
      const answer = await deployment('cart-1');
      expect(answer.methodText).toMatch(/first known deployment/);
      expect(answer).toMatchObject({
        methodSaid: say('method.seed'),
        confidenceSaid: null,
      });
      expect(answer.previous).toBeNull();
      expect(answer.changes).toEqual([]);
    });

    it('adds the stages of a change up to its lead time', async () => {
      const { changes } = await deployment('cart-3');
      for (const change of changes) {
        const sum = change.stages.reduce(
          (all, { seconds }) => all + seconds,
          0,
        );
        expect({ value: sum }).toEqual(change.leadSeconds);
      }
    });

    it('shows one release of two services at both', async () => {
      const here = await deployment('release-1', CART);
      const there = await deployment('release-1', SECRET);
      expect(here.deployment).toMatchObject({ service: CART, failed: false });
      expect(there.deployment).toMatchObject({ service: SECRET, failed: true });
      expect(here.deployment.key).not.toBe(there.deployment.key);
    });

    it.each(['0'.repeat(40), 'nonsense', '..%2f..', `${'x'.repeat(500)}`])(
      'answers 404 for %s',
      async unknown => {
        const { body } = await backend.me
          .get(`/deployments/${unknown}`)
          .expect(404);
        expect(body.error.message).toMatch(/^There is no deployment/);
      },
    );

    it.each([
      ['cannot be decoded', '%E0%A4%A'],
      ['no database keeps', 'a%00'],
    ])('answers 400 for a path that %s', async (_, path) => {
      const { status } = await backend.me.get(`/deployments/${path}`);
      expect(status).toBe(400);
    });
  });

  describe('GET /changes/:key', () => {
    it('shows where a commit and its pull request went', async () => {
      const { changes } = await deployment('cart-3');
      const { body } = await backend.me
        .get(`/changes/${changes[0].key}`)
        .expect(200);
      const commit = expectContract(changeResponseSchema, body);
      expect(commit.change).toMatchObject({
        kind: 'commit',
        repository: 'github.com/acme/cart',
        title: 'Change 5',
      });
      expect(commit.deployments.map(item => item.deployment.id)).toEqual([
        'cart-3',
      ]);
      const pullKey = Buffer.from(
        JSON.stringify(['pull_request', 'github.com/acme/cart', '7']),
      ).toString('base64url');
      const { body: pullBody } = await backend.me
        .get(`/changes/${pullKey}`)
        .expect(200);
      const pull = expectContract(changeResponseSchema, pullBody);
      expect(pull.change.timeline.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['opened', 'firstReview', 'approved', 'merged']),
      );
      expect(pull.change.commits).toHaveLength(2);
    });

    it.each([
      ['nonsense', 'nonsense'],
      [
        'an unknown commit',
        changeKey('commit', 'github.com/acme/cart', 'f'.repeat(40)),
      ],
      [
        'an unknown repository',
        changeKey('commit', 'github.com/x/y', 'f'.repeat(40)),
      ],
      ['a kind there is not', changeKey('tag', 'github.com/acme/cart', '1')],
      [
        'a number that is none',
        changeKey('pull_request', 'github.com/acme/cart', 'x'),
      ],
      [
        'a number too large',
        changeKey('pull_request', 'github.com/acme/cart', '9'.repeat(10)),
      ],
      ['a name no database keeps', changeKey('commit', 'a\0b', 'f'.repeat(40))],
      [
        'a list of something else',
        Buffer.from('[1,2,3]').toString('base64url'),
      ],
    ])('answers 404 for %s', async (_, unknown) => {
      const { body } = await backend.me.get(`/changes/${unknown}`).expect(404);
      expect(body.error.message).toMatch(/^There is no such change/);
    });
  });

  describe('GET /incidents', () => {
    it('lists those of a service with what they broke', async () => {
      const { items } = await incidents(`scope=${CART}`);
      expect(idsOf(items)).toEqual(['play', 'outage']);
      expect(items[1]).toMatchObject({
        durationSeconds: { value: 3600 },
        deployments: [{ id: 'cart-3', rule: 'window' }],
      });
      expect(items[0].durationSeconds).toEqual(
        unknownFigure(say('incident.open')),
      );
    });

    it('leaves sandbox facts out of wider scopes, and marks samples', async () => {
      const { items } = await incidents(`scope=${SYSTEM}&limit=200`);
      expect(idsOf(items)).not.toContain('play');
      const { items: told } = await deployments(`scope=${PAYMENTS}&limit=200`);
      expect(told.find(item => item.id === 'tie-1')).toMatchObject({
        sample: true,
      });
    });

    it('narrows by when they opened', async () => {
      const { items } = await incidents(`from=${ago(8, 14)}&to=${ago(6, 13)}`);
      expect(idsOf(items)).toEqual(['outage']);
    });

    it('pages through all of them', async () => {
      const whole = await incidents('limit=200');
      for (const limit of [1, 10]) {
        const walked = await walkPages(
          cursor => incidents(`limit=${limit}${cursor}`),
          whole.items.length,
        );
        expect(walked).toEqual(whole.items);
      }
    });
  });
});
