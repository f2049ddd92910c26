import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  CabDelegation,
  Change,
} from '@fawkes/backstage-plugin-cab-common';
import { PAY, person, user } from '../__testUtils__/organisation';
import {
  commit,
  createTestBackend,
  gitFacts,
  onBehalfOf,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const REASON = 'On leave until Monday';

describe.each(databases.eachSupportedId())('delegation, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id));
  });
  afterAll(() => backend.stop());
  /** Each test names people anew. */
  beforeEach(() => backend.db('cab_delegations').update({ ends_at: 1 }));

  const name = (by: string, to: string, more: object = {}) =>
    backend.as(by).post('/delegations', {
      to: person(to),
      endsAt: iso(Date.now() + 5 * DAY),
      reason: REASON,
      ...more,
    });
  /** A change request that two of the board decide, of what somebody wrote. */
  const asked = async (...authors: string[]): Promise<Change> => {
    const headSha = backend.nextSha();
    if (authors.length > 0) {
      backend.world.git.set(headSha, {
        ...gitFacts(
          ...authors.map(each =>
            commit({ author: { email: `${each}@example.com` } }),
          ),
        ),
        structural: null,
      });
    }
    return backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY, headSha }),
    );
  };
  const voteFor = (by: string, from: string, change: Change) =>
    backend.vote(by, change, { onBehalfOf: person(from) });
  const codeOf = (told: {
    status: number;
    body: { error?: { code?: string } };
  }) => `${told.status} ${told.body.error?.code}`;
  const entriesOf = async (about: string) =>
    (
      await backend
        .db('cab_log')
        .where('body', 'like', `%"changeId":"${about}"%`)
        .orderBy('seq')
    ).map(({ body }: { body: string }) => JSON.parse(body));

  it('lets the one vote for the other, says so, and counts each once', async () => {
    const { body: made } = await name('bea', 'ben').expect(201);
    expect(made).toMatchObject({
      from: 'user:default/bea',
      to: 'user:default/ben',
      status: 'active',
      reason: REASON,
      mine: { end: null },
    });
    const change = await asked();
    const waits = async () =>
      (await backend.as('ben').get('/waiting')).body.items.some(
        (each: Change) => each.id === change.id,
      );
    const { body: seen } = await backend.as('ben').get(`/changes/${change.id}`);
    expect(seen.mine).toMatchObject({ vote: null, voteFor: [person('bea')] });
    const { body: own } = await backend.vote('ben', change).expect(200);
    expect(own.state).toBe('board_review');
    // Whoever votes for another still has something to do.
    expect(await waits()).toBe(true);
    const { body: both } = await voteFor('ben', 'bea', change).expect(200);
    expect(both.state).toBe('approved');
    expect(await waits()).toBe(false);
    expect(
      both.votes.map(({ userRef, castBy }: Change['votes'][number]) => [
        userRef,
        castBy,
      ]),
    ).toEqual([
      ['user:default/ben', null],
      ['user:default/bea', 'user:default/ben'],
    ]);
    expect((await backend.gate(change)).body.verdict).toBe('allow');
    const entries = await entriesOf(change.id);
    const told = entries.filter(({ type }) => /^(delegate|vote_)/.test(type));
    expect(
      told.map(({ type, actor, data }) => [type, actor, data.onBehalfOf]),
    ).toEqual([
      ['vote_approve', 'user:default/ben', undefined],
      ['delegate', 'user:default/ben', undefined],
      ['vote_approve', 'user:default/ben', 'user:default/bea'],
    ]);
    expect((await entriesOf(made.id)).map(({ type }) => type)).toEqual([
      'delegation_made',
    ]);
  });

  it('gives nobody a second vote: of two that are cast for one the first stands', async () => {
    await name('bea', 'ben').expect(201);
    const change = await asked();
    await voteFor('ben', 'bea', change).expect(200);
    const { body: again } = await backend.vote('bea', change).expect(200);
    expect(again.votes).toHaveLength(1);
    expect(again.state).toBe('board_review');
    const other = await backend.vote('bea', change, {
      decision: 'reject',
      reason: 'Not like this',
    });
    expect(codeOf(other)).toBe('409 vote.taken');
    // It is theirs: they may take it back.
    const { body: back } = await backend
      .as('bea')
      .delete(`/changes/${change.id}/votes/mine`)
      .expect(200);
    expect(back.votes).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('gets nobody of the author side past what keeps them from voting', async () => {
    await name('bea', 'ben').expect(201);
    // The delegate of the author.
    const hers = await asked('bea');
    const told = await voteFor('ben', 'bea', hers);
    expect(codeOf(told)).toBe('403 delegation.author');
    expect(told.body.error.params).toEqual({
      from: person('bea'),
      duty: 'author',
    });
    // The author as delegate.
    const his = await asked('ben');
    expect(codeOf(await voteFor('ben', 'bea', his))).toBe(
      '403 vote.excluded.author',
    );
    for (const change of [hers, his]) {
      expect((await backend.get(change.id)).votes).toEqual([]);
    }
    expect(backend.audits.at(-1)).toMatchObject({
      eventId: 'change-mutate',
      outcome: 'failed',
    });
  });

  it('is between two of the board, when it is made and when they vote', async () => {
    expect(codeOf(await name('bea', 'sec'))).toBe('403 delegation.not_board');
    expect(codeOf(await name('sue', 'ben'))).toBe('403 delegation.not_board');
    await name('bea', 'ben').expect(201);
    const { world } = backend;
    const before = world.entities;
    const change = await asked();
    world.entities = before.map(each =>
      each.metadata.name === 'bea' ? user('bea', []) : each,
    );
    try {
      expect(codeOf(await voteFor('ben', 'bea', change))).toBe(
        '403 delegation.not_board',
      );
    } finally {
      world.entities = before;
    }
    // A team that reviews its own has no delegates.
    const peer = await backend.submit('sam', await backend.create('sam'));
    expect(peer.state).toBe('peer_review');
    expect(codeOf(await voteFor('ben', 'bea', peer))).toBe(
      '403 vote.not_asked',
    );
  });

  it('counts while both could decide, also at the gate', async () => {
    await name('bea', 'ben').expect(201);
    const change = await asked();
    await voteFor('ben', 'bea', change).expect(200);
    const { body } = await backend.vote('pam', change).expect(200);
    // pam is of the owning group: one from outside is bea's.
    expect(body.state).toBe('approved');
    expect((await backend.gate(change)).body.verdict).toBe('allow');
    const { world } = backend;
    const before = world.entities;
    world.entities = before.map(each =>
      each.metadata.name === 'ben' ? user('ben', []) : each,
    );
    await backend.db('cab_people').update({ read_at: 0 });
    try {
      expect((await backend.gate(change)).body).toMatchObject({
        verdict: 'pending',
        reasonCode: 'BOARD_REVIEW',
      });
    } finally {
      world.entities = before;
    }
  });

  it('is bounded, handed on once, and one at a time', async () => {
    const now = Date.now();
    for (const [more, code] of [
      [{ endsAt: iso(now + 31 * DAY) }, '400 delegation.long'],
      [{ endsAt: iso(now - 1) }, '400 delegation.order'],
      [{ to: person('bea') }, '400 delegation.self'],
      [{ to: 'group:default/board' }, '400 undefined'],
      [{ days: 5 }, '400 undefined'],
      [{ endsAt: undefined }, '400 undefined'],
      [{ endsAt: undefined, days: 31 }, '400 undefined'],
    ] as const) {
      expect(codeOf(await name('bea', 'ben', more))).toBe(code);
    }
    await name('bea', 'ben').expect(201);
    expect(codeOf(await name('bea', 'pat'))).toBe('409 delegation.twin');
    expect(codeOf(await name('ben', 'pat'))).toBe('409 delegation.chain');
    expect(codeOf(await name('pam', 'bea'))).toBe('409 delegation.chain');
    // Two may name the same, and the next week is another one.
    await name('pam', 'ben').expect(201);
    const week = { startsAt: iso(now + 6 * DAY), endsAt: iso(now + 7 * DAY) };
    expect((await name('bea', 'pat', week)).body.status).toBe('upcoming');
  });

  it('is over when either ends it, and not before it begins', async () => {
    const change = await asked();
    const later = { startsAt: iso(Date.now() + DAY) };
    const { body: made } = await name('bea', 'ben', later).expect(201);
    expect(codeOf(await voteFor('ben', 'bea', change))).toBe(
      '403 delegation.none',
    );
    await backend
      .db('cab_delegations')
      .where('id', made.id)
      .update({ starts_at: 1 });
    const end = (by: string) =>
      backend.as(by).post(`/delegations/${made.id}/end`, { reason: REASON });
    expect(codeOf(await end('pam'))).toBe('403 delegation.not_theirs');
    expect((await end('ben')).body.status).toBe('over');
    expect(codeOf(await end('bea'))).toBe('409 delegation.over');
    expect(codeOf(await voteFor('ben', 'bea', change))).toBe(
      '403 delegation.none',
    );
    expect(codeOf(await voteFor('pat', 'bea', change))).toBe(
      '403 delegation.none',
    );
    const { body: listed } = await backend.as('ben').get('/delegations');
    expect(listed.items.map((each: CabDelegation) => each.id)).not.toContain(
      made.id,
    );
    expect(listed.mine).toEqual({
      name: null,
      candidates: ['bea', 'bo', 'pam', 'pat'].map(person),
    });
    await name('bea', 'ben', { endsAt: undefined, days: 30 }).expect(201);
    // Why somebody is away is for those who vote beside them.
    const reasonFor = async (who: string) =>
      (await backend.as(who).get('/delegations')).body.items[0].reason;
    expect(await reasonFor('pat')).toBe(REASON);
    expect(await reasonFor('sam')).toBeNull();
    expect(
      (await backend.as('sam').get('/delegations')).body.mine,
    ).toMatchObject({ name: { code: 'delegation.not_board' }, candidates: [] });
  });

  it('is a person’s own: no service makes or uses one', async () => {
    const body = {
      to: person('ben'),
      endsAt: iso(Date.now() + DAY),
      reason: REASON,
    };
    expect((await backend.service.post('/delegations', body)).status).toBe(403);
    const acted = await backend.nobody
      .post('/delegations', body)
      .set('Authorization', onBehalfOf('bea'));
    expect(codeOf(acted)).toBe('403 USER_ONLY');
  });
});
