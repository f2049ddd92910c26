import { TestDatabases } from '@backstage/backend-test-utils';
import {
  intakeStatusSchema,
  qualityResponseSchema,
  rejectedResponseSchema,
  replayResponseSchema,
  sourcesResponseSchema,
  say,
} from '@fawkes/backstage-plugin-delivery-common';
import type { BackfillContext } from '@fawkes/backstage-plugin-delivery-node';
import { expectContract } from '../__testUtils__/contract';
import { sha } from '../__testUtils__/harness';
import { walkPages } from '../__testUtils__/pages';
import { ago, deployed, STORY } from '../__testUtils__/story';
import { testSource } from '../__testUtils__/testSource';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { CART } from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const OLD_DEPLOYMENT = {
  type: 'deployment' as const,
  source: 'history',
  id: 'from history',
  occurredAt: ago(60),
  environment: 'production',
  status: 'success' as const,
  finishedAt: ago(60),
  repository: 'acme/cart',
  sha: sha('acme/cart0'),
};

describe.each(databases.eachSupportedId())('intake, %s', databaseId => {
  let backend: TestBackend;
  const running: BackfillContext[] = [];
  let release = () => {};
  const history = testSource('history', async context => {
    running.push(context);
    await new Promise<void>(resolve => {
      release = resolve;
    });
    await context.commit([{ claim: 'whole', event: OLD_DEPLOYMENT }], {
      page: 2,
    });
  });

  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init(databaseId),
      settings: { sandboxSources: ['stand-in'] },
      features: [history],
    });
    await backend.me
      .post('/events', [
        ...STORY,
        ...Array.from({ length: 12 }, (_, n) => ({
          type: 'deployment',
          source: n % 2 ? 'odd' : 'even',
          id: `bad-${n}`,
        })),
      ])
      .expect(202);
    await backend.settle();
  });
  beforeEach(() => {
    backend.audits.length = 0;
  });

  const rejected = async (query: string) => {
    const { body } = await backend.me.get(`/rejected?${query}`).expect(200);
    return expectContract(rejectedResponseSchema, body);
  };

  it('tells how much waits and how far the numbers lag', async () => {
    const { body } = await backend.me.get('/intake').expect(200);
    expect(expectContract(intakeStatusSchema, body)).toMatchObject({
      received: 0,
      processed: STORY.length,
      ignored: 0,
      rejected: 12,
      dirtyServices: 0,
      lagSeconds: 0,
    });
  });

  it('lists every source, installed or heard of', async () => {
    const { body } = await backend.me.get('/sources').expect(200);
    const { items } = expectContract(sourcesResponseSchema, body);
    expect(items.map(item => item.id)).toEqual([
      'cdevents',
      'ci',
      'even',
      'github.com/acme',
      'history',
      'odd',
      'pager',
      'survey',
    ]);
    const [cdevents, , even, , past] = items;
    expect(cdevents).toMatchObject({
      title: 'CDEvents',
      received: 0,
      lastEventAt: null,
      stale: false,
      backfill: null,
    });
    expect(even).toMatchObject({ received: 6, rejected: 6, stale: false });
    expect(past.backfill).toEqual({
      state: 'idle',
      loaded: 0,
      message: null,
      updatedAt: null,
    });
  });

  it('shows the services × facts matrix and what is missing', async () => {
    const { body } = await backend.me.get('/quality').expect(200);
    const answer = expectContract(qualityResponseSchema, body);
    expect(answer).toMatchObject({ rejected: 12, coverage: { value: 0.75 } });
    const cart = answer.services.find(row => row.service === CART)!;
    expect(
      cart.cells.map(({ fact, state, count }) => [fact, state, count]),
    ).toEqual([
      ['deployments', 'present', 5],
      ['commits', 'present', 6],
      ['pull-requests', 'present', 1],
      ['incidents', 'present', 1],
    ]);
    const idle = answer.services.find(row => row.title === 'IDLE')!;
    expect(idle.cells.map(cell => [cell.state, cell.adviceSaid])).toEqual([
      ['missing', say('advice.deployments')],
      ['missing', say('advice.commits')],
      ['missing', say('advice.pull_requests')],
      ['missing', say('advice.incidents')],
    ]);
    expect(answer.unmapped).toEqual([
      {
        what: 'github.com/acme/orphan',
        facts: 1,
        lastAt: ago(2, 12),
        suggestion:
          'Add to the component that lives there: github.com/project-slug: acme/orphan',
        suggestionSaid: {
          code: 'unmapped.annotate',
          params: {
            annotation: 'github.com/project-slug',
            slug: 'acme/orphan',
          },
          text: 'Add to the component that lives there: github.com/project-slug: acme/orphan',
        },
      },
      expect.objectContaining({ what: 'component:default/ghost', facts: 1 }),
    ]);
    const one = await backend.me.get(`/quality?scope=${CART}`).expect(200);
    expect(one.body.services).toHaveLength(1);
  });

  it('pages through rejected events, newest first', async () => {
    const whole = await rejected('limit=200');
    expect(whole.items).toHaveLength(12);
    expect(whole.items[0]).toMatchObject({
      channel: 'event',
      path: expect.stringMatching(/./),
      payload: expect.stringContaining('"bad-'),
    });
    const walked = await walkPages(cursor => rejected(`limit=5${cursor}`), 12);
    expect(walked).toEqual(whole.items);
    const odd = await rejected('source=odd');
    expect(odd.items).toHaveLength(6);
  });

  it.each([
    'cursor=nonsense',
    `cursor=${Buffer.from('[1.5,""]').toString('base64url')}`,
    `cursor=${Buffer.from('[1e300,""]').toString('base64url')}`,
    'source=%00',
    'limit=1.5',
  ])('refuses %s', async query => {
    const { body } = await backend.me.get(`/rejected?${query}`).expect(400);
    expect(body.error.message).toMatch(new RegExp(`^${query.split('=')[0]}`));
  });

  describe('POST /replay', () => {
    it('tries chosen events again; what is still wrong comes back', async () => {
      const before = await rejected('source=odd&limit=200');
      const ids = before.items.slice(0, 2).map(item => item.id);
      const { body } = await backend.me.post('/replay', { ids }).expect(202);
      expect(expectContract(replayResponseSchema, body)).toEqual({
        replayed: 2,
      });
      expect(backend.audits).toMatchObject([
        {
          eventId: 'intake-mutate',
          meta: { actionType: 'replay' },
          outcome: 'success',
        },
      ]);
      await backend.settle();
      const after = await rejected('source=odd&limit=200');
      expect(
        after.items.map(({ path, reason, id }) => ({ path, reason, id })),
      ).toEqual(
        before.items.map(({ path, reason, id }) => ({ path, reason, id })),
      );
    });

    it('counts what has become right meanwhile', async () => {
      const event = deployed('late', ago(1), { service: 'cart' });
      await backend.db('inbox').insert({
        channel: 'event',
        source: 'mended',
        delivery_id: 'mended-1',
        payload: JSON.stringify(event),
        state: 'rejected',
        ignored: false,
        path: '',
        reason: 'an older version did not understand it',
        received_at: Date.now(),
      });
      const { body } = await backend.me
        .post('/replay', { source: 'mended' })
        .expect(202);
      expect(body).toEqual({ replayed: 1 });
      await backend.settle();
      const list = await backend.me
        .get(`/deployments?scope=${CART}`)
        .expect(200);
      expect(list.body.items[0].id).toBe('late');
    });

    it('says so when a text is no JSON or was clipped', async () => {
      await backend.me
        .post('/events')
        .set('Content-Type', 'application/x-ndjson')
        .send('{"type":\n')
        .expect(400);
      await backend.me.post('/replay', { source: 'unknown' }).expect(202);
      await backend.settle();
      const { items } = await rejected('source=unknown');
      expect(items[0].reason).toMatch(/JSON/);
    });

    it.each([
      [{ ids: ['x'] }, 'ids[0]'],
      [{ ids: [1] }, 'ids[0]'],
      [{ ids: ['9'.repeat(20)] }, 'ids[0]'],
      [{ ids: Array.from({ length: 1_001 }, () => '1') }, 'ids'],
      [{ sources: 'x' }, 'sources'],
      [{ source: '' }, 'source'],
      [[], 'the request'],
    ])('refuses %j', async (body, path) => {
      const answer = await backend.me.post('/replay', body).expect(400);
      expect(answer.body.error.message).toContain(`${path}: `);
      expect(backend.audits).toMatchObject([
        { outcome: 'failed', error: 'InputError' },
      ]);
    });

    it('refuses what is no JSON, without its own stack', async () => {
      const { status, body } = await backend.me
        .post('/replay')
        .set('Content-Type', 'application/json')
        .send('{"ids":');
      expect(status).toBe(400);
      expect(body.error).not.toHaveProperty('stack');
    });
  });

  describe('POST /sources/:id/backfill', () => {
    it('runs one at a time, shows progress and goes on from its cursor', async () => {
      await backend.me.post('/sources/history/backfill').expect(202);
      const state = async () => {
        const { body } = await backend.me.get('/sources').expect(200);
        return body.items.find((item: { id: string }) => item.id === 'history')
          .backfill;
      };
      expect(await state()).toMatchObject({ state: 'running', loaded: 0 });
      const busy = await backend.me
        .post('/sources/history/backfill')
        .expect(409);
      expect(busy.body.error.message).toBe(
        "The backfill of 'history' is running already",
      );
      release();
      await until(async () => (await state()).state !== 'running');
      expect(await state()).toMatchObject({ state: 'done', loaded: 1 });
      expect(running[0].cursor).toBeUndefined();
      expect(backend.audits).toMatchObject([
        {
          eventId: 'intake-mutate',
          meta: { actionType: 'backfill', id: 'history' },
          outcome: 'success',
        },
        { outcome: 'failed', error: 'ConflictError' },
      ]);
      await backend.settle();
      const list = await backend.me
        .get(`/deployments?scope=${CART}&limit=200`)
        .expect(200);
      expect(list.body.items.pop().id).toBe('from history');

      await backend.me.post('/sources/history/backfill').expect(202);
      await until(async () => running.length === 2);
      expect(running[1].cursor).toEqual({ page: 2 });
      release();
      await until(async () => (await state()).state !== 'running');
    });

    it('answers 404 for an unknown source and 409 for one that only listens', async () => {
      const unknown = await backend.me
        .post('/sources/nothing/backfill')
        .expect(404);
      expect(unknown.body.error.message).toBe(
        "No source named 'nothing' is installed",
      );
      const deaf = await backend.me
        .post('/sources/cdevents/backfill')
        .expect(409);
      expect(deaf.body.error.message).toContain('cannot load history');
    });
  });

  describe('DELETE /sources/:id/facts', () => {
    it('takes back what a source told, and the numbers follow', async () => {
      const events = [
        deployed('gone-1', ago(3), { source: 'leaver', service: 'idle' }),
        deployed('gone-2', ago(2), { source: 'leaver', service: 'idle' }),
      ];
      await backend.me.post('/events', events).expect(202);
      await backend.settle();
      const count = async () => {
        const { body } = await backend.me
          .get('/metrics?scope=component:default/idle')
          .expect(200);
        return body.metrics.deploymentFrequency.deployments;
      };
      expect(await count()).toBe(2);
      const { body } = await backend.me
        .delete('/sources/leaver/facts')
        .expect(200);
      expect(body).toEqual({ removed: 2 });
      expect(backend.audits).toContainEqual(
        expect.objectContaining({
          eventId: 'intake-mutate',
          meta: { actionType: 'remove-source', id: 'leaver' },
          outcome: 'success',
        }),
      );
      await backend.settle();
      expect(await count()).toBe(0);
      const again = await backend.me.post('/events', events).expect(202);
      expect(again.body.accepted).toBe(2);
    });

    it('has nothing to take back of a source nobody heard of', async () => {
      const { body } = await backend.me
        .delete('/sources/nobody/facts')
        .expect(200);
      expect(body).toEqual({ removed: 0 });
      await backend.me.delete('/sources/%00/facts').expect(400);
    });
  });

  describe('POST /deployments/:key/marks', () => {
    const find = async (id: string) => {
      const { body } = await backend.me
        .get(`/deployments?scope=${CART}&limit=200`)
        .expect(200);
      return body.items.find((item: { id: string }) => item.id === id);
    };

    it('beats the rules, says who and why, and can be taken back', async () => {
      const { key } = await find('cart-3');
      const mark = async (verdict: string) => {
        await backend.me
          .post(`/deployments/${key}/marks`, {
            verdict,
            reason: 'we looked into it',
          })
          .expect(204);
        await backend.settle();
        const { body } = await backend.me
          .get(`/deployments/${key}`)
          .expect(200);
        return body;
      };
      expect((await find('cart-3')).failed).toBe(true);
      const cleared = await mark('not_failed');
      expect(cleared.deployment.failed).toBe(false);
      expect(cleared.mark).toMatchObject({
        verdict: 'not_failed',
        reason: 'we looked into it',
        by: 'user:default/mock',
      });
      expect(backend.audits[0]).toEqual({
        eventId: 'deployment-mutate',
        meta: { actionType: 'mark', key },
        outcome: 'success',
      });
      const failed = await mark('failed');
      expect(failed.deployment.failed).toBe(true);
      expect(failed.causes).toEqual(
        expect.arrayContaining([expect.objectContaining({ cause: 'mark' })]),
      );
      const restored = await mark('none');
      expect(restored.mark).toBeNull();
      expect(restored.deployment.failed).toBe(true);
      expect(restored.causes).toEqual(
        expect.not.arrayContaining([
          expect.objectContaining({ cause: 'mark' }),
        ]),
      );
    });

    it.each([
      [{ verdict: 'failed' }, 'reason'],
      [{ verdict: 'failed', reason: '  a ' }, 'reason'],
      [{ verdict: 'failed', reason: 'x'.repeat(1_001) }, 'reason'],
      [{ verdict: 'maybe', reason: 'because' }, 'verdict'],
      [{ verdict: 'failed', reason: 'because', by: 'me' }, 'by'],
      [[], 'the request'],
    ])('refuses %j', async (body, path) => {
      const { key } = await find('cart-3');
      const answer = await backend.me
        .post(`/deployments/${key}/marks`, body)
        .expect(400);
      expect(answer.body.error.message).toContain(`${path}: `);
      expect(backend.audits).toMatchObject([{ outcome: 'failed' }]);
    });

    it('keeps a reason with characters no database keeps', async () => {
      const { key } = await find('cart-2');
      await backend.me
        .post(`/deployments/${key}/marks`, {
          verdict: 'not_failed',
          reason: 'odd \u0000 \ud800 one',
        })
        .expect(204);
      await backend.settle();
      const { body } = await backend.me.get(`/deployments/${key}`).expect(200);
      expect(body.mark.reason).toBe('odd \ufffd \ufffd one');
    });
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}
