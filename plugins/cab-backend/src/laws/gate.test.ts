import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { PAY, SHOP, user } from '../__testUtils__/organisation';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A freeze that goes on now, and one that begins in two minutes. */
function freeze(id: string, inMs: number, entities?: string[]) {
  return {
    id,
    title: id,
    start: iso(Date.now() + inMs).slice(0, 16),
    durationMinutes: 120,
    zone: 'UTC',
    ...(entities && { entities }),
  };
}

describe.each(databases.eachSupportedId())('the gate, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id), {
      calendar: {
        freezes: [freeze('year-end', -HOUR, ['component:default/mine'])],
      },
      participation: {
        default: 'enforce',
        rules: [
          { mode: 'observe', entity: 'component:default/checkout' },
          { mode: 'off', owner: 'group:default/heads' },
        ],
      },
      gate: {
        classes: ['test', 'production'],
        callers: [
          {
            subject: 'external:test-service',
            entities: [
              SHOP,
              PAY,
              'component:default/mine',
              'component:default/checkout',
            ],
          },
        ],
      },
    });
  });
  afterAll(() => backend.stop());

  const approved = async (more: object = {}): Promise<Change> => {
    const asked = await backend.submit(
      'sam',
      await backend.create('sam', more),
    );
    const { body } = await backend.vote('sue', asked).expect(200);
    return body;
  };
  const ask = async (entityRef: string, more: object = {}) =>
    (
      await backend.service
        .post('/gate', {
          entityRef,
          environment: 'test',
          commitSha: 'f'.repeat(40),
          runUrl: 'https://ci.example/1',
          ...more,
        })
        .expect(200)
    ).body;
  const stale = (table: string) => backend.db(table).update({ read_at: 0 });

  it('denies who is not bound to the entity, without ids', async () => {
    const change = await approved();
    const told = await ask('component:default/other', {
      commitSha: change.headSha,
    });
    expect(told).toMatchObject({
      verdict: 'deny',
      reasonCode: 'CALLER',
      changeId: null,
      score: null,
      seq: null,
    });
    expect(
      (
        await backend.plugin('scaffolder').post('/gate', {
          entityRef: SHOP,
          environment: 'test',
          commitSha: change.headSha,
          runUrl: 'https://ci.example/1',
        })
      ).body,
    ).toMatchObject({ verdict: 'deny', reasonCode: 'CALLER', changeId: null });
    expect((await backend.as('sam').post('/gate', {})).status).toBe(403);
  });

  it('lets through what is not gated, and counts what is looked at only', async () => {
    expect(await ask(SHOP, { environment: 'dev' })).toMatchObject({
      verdict: 'allow',
      reasonCode: 'NOT_GATED',
      changeId: null,
      seq: null,
    });
    expect(await ask(SHOP, { environment: 'staging' })).toMatchObject({
      reasonCode: 'NOT_GATED',
    });
    expect(await ask('component:default/checkout')).toMatchObject({
      verdict: 'allow',
      reasonCode: 'OBSERVED',
      reason: { code: 'gate.OBSERVED' },
    });
    // A misspelt environment counts as production.
    expect(await ask(SHOP, { environment: 'prd' })).toMatchObject({
      verdict: 'deny',
      reasonCode: 'NO_CHANGE',
    });
    const [row] = await backend
      .db('cab_answers')
      .where({ entity_ref: 'component:default/checkout' });
    expect(row).toMatchObject({ code: 'OBSERVED', count: 1 });
  });

  it('denies what nobody asked for, and floods no record', async () => {
    const { body: before } = await backend.me.get('/record');
    for (let time = 0; time < 5; time++) {
      expect(await ask(SHOP)).toMatchObject({
        verdict: 'deny',
        reasonCode: 'NO_CHANGE',
        seq: null,
      });
    }
    expect((await backend.me.get('/record')).body.size).toBe(before.size);
    const [row] = await backend
      .db('cab_answers')
      .where({ entity_ref: SHOP, code: 'NO_CHANGE', environment: 'test' });
    expect(Number(row.count)).toBe(5);
  });

  it('waits for a planned window, and ends with it', async () => {
    const now = Date.now();
    const later = await approved({
      window: { from: iso(now + HOUR), to: iso(now + 2 * HOUR) },
    });
    const { body } = await backend.gate(later);
    expect(body).toMatchObject({
      verdict: 'deny',
      reasonCode: 'WINDOW',
      retryAt: iso(now + HOUR),
    });
    const short = await approved({
      window: { from: iso(now - HOUR), to: iso(now + 60_000) },
    });
    const allow = (await backend.gate(short)).body;
    expect(allow).toMatchObject({
      verdict: 'allow',
      expiresAt: iso(now + 60_000),
    });
  });

  it('ends an approval whose time is over, once nothing may start by it', async () => {
    const change = await approved();
    await backend
      .db('cab_changes')
      .where('id', change.id)
      .update({ expires_at: 1 });
    expect((await backend.gate(change)).body).toMatchObject({
      verdict: 'deny',
      reasonCode: 'EXPIRED',
    });
    expect((await backend.get(change.id)).state).toBe('expired');
    const other = await approved();
    expect((await backend.gate(other)).body.verdict).toBe('allow');
    await backend
      .db('cab_changes')
      .where('id', other.id)
      .update({ expires_at: 1 });
    expect((await backend.gate(other)).body).toMatchObject({
      verdict: 'deny',
      reasonCode: 'EXPIRED',
    });
    expect((await backend.get(other.id)).state).toBe('approved');
    await backend
      .db('cab_allows')
      .where('change_id', other.id)
      .update({ expires_at: 1 });
    await backend.scheduler.triggerTask('cab-expiry');
    for (
      let turn = 0;
      (await backend.get(other.id)).state !== 'expired';
      turn++
    ) {
      if (turn > 200) throw new Error('It does not expire');
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  });

  it('opens in a freeze only for what was approved knowing it', async () => {
    const mine = { entityRef: 'component:default/mine' };
    const asked = await backend.submit(
      'sam',
      await backend.create('sam', mine),
    );
    expect(asked.risk?.result.floors).toContainEqual({
      id: 'freeze',
      milli: 60_000,
      unknown: false,
      refs: ['year-end'],
    });
    expect(asked.route).toBe('board');
    await backend.vote('bea', asked).expect(200);
    await backend.vote('ben', asked).expect(200);
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'allow',
    });
    // The same, approved by voters who did not see it.
    const [row] = await backend
      .db('cab_revisions')
      .where('change_id', asked.id);
    const scored = JSON.parse(row.scored);
    scored.result.floors = [];
    await backend
      .db('cab_revisions')
      .where('change_id', asked.id)
      .update({ scored: JSON.stringify(scored) });
    const told = (await backend.gate(asked)).body;
    expect(told).toMatchObject({ verdict: 'deny', reasonCode: 'FREEZE' });
    expect(Date.parse(told.retryAt)).toBeGreaterThan(Date.now());
  });

  it('is for the artifact that was asked for', async () => {
    const artifactDigest = `sha256:${'a'.repeat(64)}`;
    const change = await approved({ artifactDigest });
    expect(
      (
        await backend.gate(change, {
          artifactDigest: `sha256:${'b'.repeat(64)}`,
        })
      ).body,
    ).toMatchObject({ verdict: 'deny', reasonCode: 'DIGEST' });
    expect((await backend.gate(change, { artifactDigest })).body.verdict).toBe(
      'allow',
    );
  });

  it('in production is for what trusted provenance names, and for nothing else', async () => {
    const change = await approved();
    await backend
      .db('cab_changes')
      .where('id', change.id)
      .update({ environment_class: 'production' });
    const [own, other] = ['a', 'b'].map(each => `sha256:${each.repeat(64)}`);
    const answerTo = async (artifactDigest: string | null) => {
      const { body } = await backend.gate(change, { artifactDigest });
      return `${body.verdict} ${body.reasonCode}`;
    };
    const provenance = async (state: string, digest: string) =>
      backend.db('cab_evidence').insert({
        id: digest,
        change_id: change.id,
        kind: 'provenance',
        sha256: digest,
        size: 1,
        media_type: 'application/json',
        state,
        says: JSON.stringify({ kind: 'provenance', subjects: [digest] }),
        producer: 'ci:x#y',
        produced_at: 1,
        received_at: 1,
        waiting: 1,
      });
    expect(await answerTo(null)).toBe('pending ARTIFACT_UNKNOWN');
    await provenance('parsed', other);
    expect(await answerTo(other)).toBe('pending ARTIFACT_UNKNOWN');
    await provenance('verified', own);
    expect(await answerTo(null)).toBe('pending ARTIFACT_UNKNOWN');
    expect(await answerTo(other)).toBe('deny DIGEST');
    expect(await answerTo(own)).toBe('allow APPROVED');
    // It was taken back by a later piece of the same builder.
    await backend
      .db('cab_evidence')
      .where('id', own)
      .update({ to_revision: 1 });
    expect(await answerTo(own)).toBe('pending ARTIFACT_UNKNOWN');
  });

  it('goes back to people when somebody who approved is no longer asked', async () => {
    const { world } = backend;
    const before = world.entities;
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY }),
    );
    await backend.vote('bea', asked).expect(200);
    await backend.vote('ben', asked).expect(200);
    expect((await backend.gate(asked)).body.verdict).toBe('allow');
    world.entities = before.map(each =>
      each.metadata.name === 'bea' ? user('bea', []) : each,
    );
    // What the catalog said five minutes ago is good enough; then it is read again.
    expect((await backend.gate(asked)).body.verdict).toBe('allow');
    await stale('cab_people');
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
    });
    const now = await backend.get(asked.id);
    expect(now.votes.map(({ userRef, state }) => [userRef, state])).toEqual([
      ['user:default/bea', 'void'],
      ['user:default/ben', 'live'],
    ]);
    expect(now.requirement?.lacking).toBe(1);
    expect(
      await backend
        .db('cab_allows')
        .where('change_id', asked.id)
        .whereNull('cancelled_at'),
    ).toEqual([]);
    world.entities = before;
    // A vote that stopped counting never counts again; its person may vote anew.
    expect((await backend.gate(asked)).body.verdict).toBe('pending');
    expect((await backend.vote('bea', now)).body.state).toBe('approved');
  });

  it('denies, and voids nothing, while the catalog or delivery are away', async () => {
    const { world } = backend;
    const change = await approved();
    await stale('cab_people');
    world.catalogAway = true;
    const voters = (await backend.gate(change)).body;
    world.catalogAway = false;
    expect(voters).toMatchObject({ verdict: 'deny', reasonCode: 'VOTERS' });
    expect(voters.retryAt).not.toBeNull();
    expect((await backend.gate(change)).body.verdict).toBe('allow');
    await stale('cab_facts');
    world.deliveryAway = true;
    const facts = (await backend.gate(change)).body;
    world.deliveryAway = false;
    expect(facts).toMatchObject({
      verdict: 'deny',
      reasonCode: 'FACTS_UNREADABLE',
    });
    expect((await backend.get(change.id)).state).toBe('approved');
    expect((await backend.gate(change)).body.verdict).toBe('allow');
  });

  it('asks people again when the risk has grown to another band', async () => {
    const { world } = backend;
    const change = await approved();
    expect((await backend.gate(change)).body.verdict).toBe('allow');
    world.failRate = { finished: 40, failed: 40 };
    expect((await backend.gate(change)).body.verdict).toBe('allow');
    await stale('cab_facts');
    const told = (await backend.gate(change)).body;
    world.failRate = { finished: 40, failed: 1 };
    expect(told).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
      reason: { code: 'gate.RISK_WORSE' },
    });
    const now = await backend.get(change.id);
    expect(now).toMatchObject({
      state: 'board_review',
      round: 2,
      route: 'board',
    });
    expect(now.votes).toEqual([expect.objectContaining({ state: 'void' })]);
    expect(now.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['invalidate', 'scored', 'routed_board']),
    );
  });

  it('answers many at one instant, each once, in the record', async () => {
    const change = await approved();
    const other = await approved();
    const told = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        backend.gate(index % 2 ? change : other, {
          runUrl: `https://ci.example/${index}`,
        }),
      ),
    );
    expect(told.map(({ body }) => body.verdict)).toEqual(
      Array(40).fill('allow'),
    );
    expect(new Set(told.map(({ body }) => body.seq)).size).toBe(40);
    expect(
      await backend
        .db('cab_allows')
        .whereIn('change_id', [change.id, other.id]),
    ).toHaveLength(40);
  });
});

describe.each(databases.eachSupportedId())('without its database, %s', id => {
  it('allows nothing, says when to ask again, and has written nothing by halves', async () => {
    const backend = await createTestBackend(await databases.init(id));
    const asked = await backend.submit('sam', await backend.create('sam'));
    await backend.vote('sue', asked).expect(200);
    await backend.db.destroy();
    const told = await backend.gate(asked);
    expect(told.status).toBe(503);
    expect(told.headers['retry-after']).toBe('5');
    expect(told.body.verdict).toBeUndefined();
    expect(told.text).not.toMatch(/knex|pool|acquire/i);
    expect((await backend.vote('ada', asked)).status).toBe(503);
    await backend.stop();
  });
});
