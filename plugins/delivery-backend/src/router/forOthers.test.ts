import { TestDatabases } from '@backstage/backend-test-utils';
import {
  deploymentResponseSchema,
  deploymentsResponseSchema,
  environmentResponseSchema,
  type DeliverySignal,
} from '@fawkes/backstage-plugin-delivery-common';
import { signalTag } from '@fawkes/kit-contract';
import { hashIdentity } from '@fawkes/backstage-plugin-delivery-node';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { expectContract } from '../__testUtils__/contract';
import { sha } from '../__testUtils__/harness';
import { ago, deployed, STORY } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import {
  CART,
  ORGANISATION_ENTITIES,
  PAYMENTS,
  SECRET,
  STRANGER,
} from '../__testUtils__/testCatalog';
import type { Caller } from '../__testUtils__/walk';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const KEY = 'a key of some length';
const JANE = 'user:default/jane';
const PURL = 'pkg:oci/cart@sha256:1';

const ENTITIES = [
  ...ORGANISATION_ENTITIES.map(entity =>
    entity.metadata.name === 'payments'
      ? {
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: { 'fawkes.dev/delivery-environments': 'live, blue' },
          },
        }
      : entity,
  ),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: 'jane',
      annotations: {
        'github.com/user-login': 'Jane-GH',
        'gitlab.example.com/user-login': 'jane.gl',
        'other.example/user-login': 'no login at all',
        'backstage.io/managed-by-location': 'url:https://example.com',
      },
    },
    spec: {},
  },
];

/** Of Jane under every name she has, and of others who look like her. */
const ACTORS = {
  'by-ref': JANE,
  'by-github': 'github.com/jane-gh',
  'by-gitlab': 'gitlab.example.com/jane.gl',
  'other-host': 'gitlab.com/jane.gl',
  'other-login': 'github.com/jane',
  'other-user': 'user:default/jane-gh',
};

describe.each(databases.eachSupportedId())('for others, %s', databaseId => {
  let backend: TestBackend;
  let keys: Record<string, string>;

  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init(databaseId),
      entities: ENTITIES,
      settings: {
        identityKey: KEY,
        actorReaders: ['dojo'],
        sandboxSources: ['stand-in'],
      },
    });
    await backend.scheduler.triggerTask('delivery-mapping');
    await backend.me
      .post('/events', [
        ...STORY,
        deployed('built', ago(2, 9), { service: 'cart', artifact: PURL }),
        ...Object.entries(ACTORS).map(([id, actor], n) =>
          deployed(id, ago(1, n), { service: 'cart', actor }),
        ),
        deployed('practice', ago(1, 20), {
          service: 'cart',
          source: 'stand-in',
          actor: JANE,
        }),
      ])
      .expect(202);
    await backend.settle();
    // Nobody sees what is told of a service the catalog does not have.
    const rows = await backend
      .db('deployments')
      .whereNot('service_ref', 'component:default/ghost')
      .select('*');
    keys = Object.fromEntries(
      rows.map(row => [`${row.ext_id} ${row.service_ref}`, row.key]),
    );
  });
  beforeEach(() => {
    backend.policy.clear();
    backend.audits.length = 0;
  });

  const list = async (query: string, caller: Caller = backend.me) => {
    const { body } = await caller.get(`/deployments?${query}`).expect(200);
    return expectContract(deploymentsResponseSchema, body);
  };
  const idsOf = async (query: string, caller?: Caller) =>
    (await list(query, caller)).items.map(item => item.id);

  describe('what was deployed', () => {
    it('is found by sha, in production or everywhere', async () => {
      const six = sha('acme/cart6');
      expect(await idsOf(`sha=${six}`)).toEqual([
        'release-1',
        'release-1',
        'cart-failed',
        'cart-4',
      ]);
      expect(await idsOf(`sha=${six}&production=false`)).toContain(
        'cart-staging',
      );
      expect(await idsOf(`sha=${six.toUpperCase()}&environment=x`)).toEqual([]);
      expect(await idsOf(`sha=${sha('nothing')}`)).toEqual([]);
    });

    it('says its shas and artifact', async () => {
      const { items } = await list(`artifact=${encodeURIComponent(PURL)}`);
      expect(items).toMatchObject([
        { id: 'built', artifact: PURL, repositories: [], labels: [] },
      ]);
      const [release] = (await list(`scope=${CART}&sha=${sha('acme/cart6')}`))
        .items;
      expect(release.repositories).toEqual([
        { repository: 'github.com/acme/cart', sha: sha('acme/cart6') },
        { repository: 'github.com/acme/secret', sha: sha('acme/secret1') },
      ]);
    });

    it('is not found by what the caller may not see of it', async () => {
      const hidden = `sha=${sha('acme/secret1')}`;
      expect(await idsOf(hidden)).toEqual(['release-1', 'release-1']);
      const stranger = backend.person(STRANGER);
      expect(await idsOf(hidden, stranger)).toEqual([]);
      expect(await idsOf(`scope=${CART}&${hidden}`, stranger)).toEqual([]);
      const { items } = await list(`sha=${sha('acme/cart6')}`, stranger);
      expect(items.map(({ id }) => id)).toEqual([
        'release-1',
        'cart-failed',
        'cart-4',
      ]);
      expect(JSON.stringify(items)).not.toMatch(/secret/);
    });

    it.each(['sha=abc', 'actor=jane', 'changedAfter=x', 'artifact='])(
      'is not asked for by %s',
      async query => {
        const { status } = await backend.me.get(`/deployments?${query}`);
        expect(status).toBe(400);
      },
    );
  });

  describe('whose deployments', () => {
    const mine = ['practice', 'by-gitlab', 'by-github', 'by-ref'];

    it('is for that person, under all names the catalog knows', async () => {
      expect(await idsOf(`actor=${JANE}`, backend.person(JANE))).toEqual(mine);
      expect(await idsOf('actor=user:Jane', backend.person(JANE))).toEqual(
        mine,
      );
    });

    it('is for the plugins that are named', async () => {
      expect(await idsOf(`actor=${JANE}`, backend.plugin('dojo'))).toEqual(
        mine,
      );
      expect(
        await idsOf('actor=user:default/nobody', backend.plugin('dojo')),
      ).toEqual([]);
    });

    it('is for nobody else', async () => {
      for (const caller of [
        backend.me,
        backend.plugin('cab'),
        backend.service,
        backend.person('user:default/jane-gh'),
      ]) {
        const { status } = await caller.get(`/deployments?actor=${JANE}`);
        expect(status).toBe(403);
      }
      expect(backend.audits).toHaveLength(4);
      expect(backend.audits[0]).toMatchObject({
        eventId: 'deployment-fetch',
        outcome: 'failed',
        error: 'NotAllowedError',
      });
    });

    it('is in no answer', async () => {
      const { text } = await backend
        .person(JANE)
        .get(`/deployments?actor=${JANE}`);
      const one = await backend.me.get(
        `/deployments/${keys[`by-ref ${CART}`]}`,
      );
      for (const said of [text, one.text]) {
        expect(said).not.toContain(hashIdentity(KEY, JANE));
        expect(said).not.toMatch(/actor|jane/);
      }
    });

    it('is looked up by an index', async () => {
      const question = "select * from deployments where actor = 'x' and at > 1";
      const plan = await backend.db.transaction(async tx => {
        if (!isPostgres(tx)) return tx.raw(`explain query plan ${question}`);
        // It would rather read so small a table at once.
        await tx.raw('set local enable_seqscan = off');
        return (await tx.raw(`explain ${question}`)).rows;
      });
      expect(JSON.stringify(plan)).toContain('deployments_actor');
    });
  });

  describe('what changed', () => {
    const tell = async (...events: object[]) => {
      await backend.me.post('/events', events).expect(202);
      await backend.settle();
    };
    const now = async () => (await list('limit=1')).changedCursor;

    it('begins with everything, page by page, each once', async () => {
      const all = [];
      let query = 'changedAfter=0&production=false&limit=4';
      for (;;) {
        const page = await list(query);
        all.push(...page.items.map(item => item.key));
        if (page.nextCursor === null) break;
        expect(page.changedCursor).toBe(page.nextCursor);
        query = `changedAfter=0&production=false&limit=4&cursor=${page.nextCursor}`;
      }
      expect(new Set(all).size).toBe(all.length);
      expect(all.sort()).toEqual(Object.values(keys).sort());
    });

    it('goes on from a list, with what became another since', async () => {
      const cursor = await now();
      const after = `changedAfter=${cursor}&production=false`;
      expect(await idsOf(after)).toEqual([]);
      await tell(deployed('new', ago(1, 21), { service: 'cart' }));
      expect(await idsOf(after)).toEqual(['new']);
      // A fact that comes late is at its end all the same.
      await tell(deployed('late', ago(30, 1), { service: 'cart' }));
      const { items, changedCursor } = await list(after);
      expect(items.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['new', 'late']),
      );
      expect(await idsOf(`changedAfter=${changedCursor}`)).toEqual([]);
    });

    it('is a sha told later, and not the same told again', async () => {
      const bare = deployed('parts', ago(1, 22), { service: 'cart' });
      await tell(bare);
      let cursor = await now();
      await tell({ ...bare, correlationId: 'again' });
      expect(await idsOf(`changedAfter=${cursor}`)).toEqual([]);
      const at = ago(1, 23);
      await tell({
        ...bare,
        occurredAt: at,
        repository: 'acme/elsewhere',
        sha: sha('later'),
      });
      expect((await list(`changedAfter=${cursor}`)).items).toMatchObject([
        {
          id: 'parts',
          repositories: [
            { repository: 'github.com/acme/elsewhere', sha: sha('later') },
          ],
        },
      ]);
      cursor = await now();
      // Everything is derived again, and nothing is another.
      await backend.db('dirty_services').insert({
        service_ref: CART,
        from_at: 0,
        judge_from: 0,
        since: 0,
      });
      await backend.settle();
      expect(await now()).toBe(cursor);
      expect(await idsOf(`changedAfter=${cursor}&production=false`)).toEqual(
        [],
      );
    });

    it('is a verdict, too', async () => {
      const cursor = await now();
      await backend.me
        .post(`/deployments/${keys[`built ${CART}`]}/marks`, {
          verdict: 'failed',
          reason: 'because',
        })
        .expect(204);
      await backend.settle();
      const ids = await idsOf(`changedAfter=${cursor}`);
      expect(ids).toContain('built');
    });

    it('takes no cursor of other lists', async () => {
      const { nextCursor } = await list('limit=1');
      const { status } = await backend.me.get(
        `/deployments?changedAfter=0&cursor=${nextCursor}`,
      );
      expect(status).toBe(400);
    });
  });

  describe('labels', () => {
    const LABEL = {
      text: 'Not approved',
      url: 'https://portal.example/cab/changes/7',
    };
    const path = (source: string, id: string = 'cart-3') =>
      `/deployments/${keys[`${id} ${CART}`]}/labels/${source}`;
    const read = async (id: string = 'cart-3') => {
      const { body } = await backend.me
        .get(`/deployments/${keys[`${id} ${CART}`]}`)
        .expect(200);
      return expectContract(deploymentResponseSchema, body);
    };

    it('are shown with the deployment, change, and go', async () => {
      const cab = backend.plugin('cab');
      const cursor = (await list('limit=1')).changedCursor;
      await cab.put(path('cab'), LABEL).expect(204);
      await cab.put(path('gate'), { ...LABEL, text: 'Gate' }).expect(204);
      await cab.put(path('cab'), { ...LABEL, text: 'Approved' }).expect(204);
      const shown = [
        { source: 'cab', text: 'Approved', url: LABEL.url },
        { source: 'gate', text: 'Gate', url: LABEL.url },
      ];
      const { labels } = await read();
      expect(labels).toMatchObject(shown);
      await backend.settle();
      const { items } = await list(`changedAfter=${cursor}`);
      expect(items).toMatchObject([{ id: 'cart-3', labels: shown }]);
      await cab.delete(path('cab')).expect(204);
      await cab.delete(path('cab')).expect(204);
      expect((await read()).labels).toMatchObject([{ source: 'gate' }]);
    });

    it('outlive a rebuild and another mapping, and change no figure', async () => {
      const figures = async () => {
        const { body } = await backend.me
          .get(`/metrics?scope=${CART}`)
          .expect(200);
        return body.metrics;
      };
      const before = await figures();
      await backend.plugin('cab').put(path('cab'), LABEL).expect(204);
      const { asOf: _, ...was } = await read();
      const services = await backend.db('deployments').distinct('service_ref');
      await backend.db('deployments').delete();
      await backend.db('dirty_services').insert(
        services.map(({ service_ref }) => ({
          service_ref,
          from_at: 0,
          judge_from: 0,
          since: 0,
        })),
      );
      await backend.settle();
      const { asOf: __, ...is } = await read();
      expect(is.labels).toEqual(was.labels);
      expect(await figures()).toEqual(before);
    });

    it('are audited, and announced', async () => {
      backend.signals.length = 0;
      await backend.plugin('cab').put(path('cab', 'cart-4'), LABEL).expect(204);
      await backend.plugin('cab').delete(path('cab', 'cart-4')).expect(204);
      const meta = { key: keys[`cart-4 ${CART}`], source: 'cab' };
      expect(backend.audits).toEqual([
        {
          eventId: 'deployment-mutate',
          meta: { actionType: 'label', ...meta },
          outcome: 'success',
        },
        {
          eventId: 'deployment-mutate',
          meta: { actionType: 'remove-label', ...meta },
          outcome: 'success',
        },
      ]);
      const tags = () =>
        backend.signals.flatMap(
          ({ message }) => (message as unknown as DeliverySignal).tags,
        );
      while (!tags().includes(signalTag(CART))) {
        await new Promise(setImmediate);
      }
      expect(
        await backend.db('labels').where('set_by', 'plugin:cab'),
      ).not.toEqual([]);
    });

    it('are for services with a permission of their own', async () => {
      const cab = backend.plugin('cab');
      const statuses = [
        (await backend.me.put(path('cab'), LABEL)).status,
        (await backend.nobody.put(path('cab'), LABEL)).status,
      ];
      backend.policy.set('delivery.deployment.label', 'deny');
      statuses.push((await cab.put(path('cab'), LABEL)).status);
      statuses.push((await cab.delete(path('cab'))).status);
      expect(statuses).toEqual([403, 401, 403, 403]);
    });

    it.each([
      ['too long', { ...LABEL, text: 'x'.repeat(121) }],
      ['nothing', { ...LABEL, text: ' ' }],
      ['a script', { ...LABEL, url: 'data:text/html,hello' }],
      ['nowhere', { text: 'x' }],
      ['more', { ...LABEL, colour: 'red' }],
    ])('are refused when they say %s', async (_, label) => {
      const { status } = await backend.plugin('cab').put(path('new'), label);
      expect(status).toBe(400);
    });

    it('are refused under a name that is none, and for what there is not', async () => {
      const cab = backend.plugin('cab');
      const statuses = [];
      for (const where of [
        path('Not%20a%20name'),
        path('x'.repeat(65)),
        `/deployments/${'0'.repeat(40)}/labels/cab`,
      ]) {
        statuses.push((await cab.put(where, LABEL)).status);
      }
      expect(statuses).toEqual([400, 400, 404]);
    });

    it('are twenty at most', async () => {
      const cab = backend.plugin('cab');
      for (let n = 1; n <= 20; n++) {
        await cab.put(path(`s${n}`, 'cart-1'), LABEL).expect(204);
      }
      const { status } = await cab.put(path('s21', 'cart-1'), LABEL);
      expect(status).toBe(409);
      await cab.put(path('s1', 'cart-1'), { ...LABEL, text: 'x' }).expect(204);
    });
  });

  describe('environments', () => {
    const classOf = async (service: string, environment: string) => {
      const { body } = await backend.me
        .get(`/environments?service=${service}&environment=${environment}`)
        .expect(200);
      const answer = expectContract(environmentResponseSchema, body);
      return [answer.class, answer.saidBy];
    };

    it.each([
      [CART, 'Production', 'production', 'configuration'],
      [CART, 'staging', 'other', 'configuration'],
      [CART, 'live', 'other', 'configuration'],
      [PAYMENTS, 'LIVE', 'production', 'annotation'],
      [PAYMENTS, 'production', 'other', 'annotation'],
    ])('%s in %s is %s, by %s', async (service, environment, ...said) => {
      expect(await classOf(service, environment)).toEqual(said);
    });

    it('are not told of services the caller may not see', async () => {
      const { status } = await backend
        .person(STRANGER)
        .get(`/environments?service=${SECRET}&environment=production`);
      expect(status).toBe(404);
    });
  });
});
