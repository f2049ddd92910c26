import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import request from 'supertest';
import { PAY, user } from '../__testUtils__/organisation';
import {
  commit,
  createTestBackend,
  gitFacts,
  onBehalfOf,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let backend: TestBackend;

beforeAll(async () => {
  backend = await createTestBackend(await databases.init('SQLITE_3'), {
    identity: {
      aliases: [
        {
          user: 'user:default/ben',
          emails: ['b.old@example.com'],
          accounts: [{ provider: 'github.com', id: '77' }],
        },
      ],
    },
  });
});
afterAll(() => backend.stop());
beforeEach(() => {
  backend.audits.length = 0;
  backend.policy.clear();
});

/** A change request that the board decides, of what somebody wrote. */
async function asked(
  by: string,
  ...commits: Parameters<typeof commit>[0][]
): Promise<Change> {
  const headSha = backend.nextSha();
  if (commits.length > 0) {
    backend.world.git.set(headSha, {
      ...gitFacts(...commits.map(each => commit(each))),
      structural: null,
    });
  }
  return backend.submit(
    by,
    await backend.create(by, { entityRef: PAY, headSha }),
  );
}

/** What is left of something that was tried: the refusal, and no vote or entry. */
async function leftOf(change: Change, told: request.Response) {
  const now = await backend.get(change.id);
  const { eventId, outcome } = backend.audits.at(-1)!;
  return {
    status: told.status,
    code: told.body.error?.code,
    votes: now.votes.length,
    entries: now.timeline.length - change.timeline.length,
    audit: `${eventId} ${outcome}`,
  };
}

const refusedAs = (code: string) => ({
  status: 403,
  code,
  votes: 0,
  entries: 0,
  audit: 'change-mutate failed',
});

describe('the author side never approves', () => {
  it.each<[string, string, Parameters<typeof commit>[0], string]>([
    [
      'an author by address',
      'bea',
      { author: { email: 'Bea@Example.com ' } },
      'author',
    ],
    [
      'an author by an alias',
      'ben',
      { author: { email: 'b.old@example.com' } },
      'author',
    ],
    [
      'an author by the id of an account',
      'ben',
      {
        author: {
          account: { provider: 'github.com', id: '77', login: 'renamed' },
        },
      },
      'author',
    ],
    [
      'an author by login',
      'bea',
      { author: { account: { provider: 'github.com', login: 'BEA' } } },
      'author',
    ],
    [
      'an author behind noreply',
      'bea',
      { author: { email: 'bea@users.noreply.github.com' } },
      'author',
    ],
    [
      'a committer',
      'bea',
      { committer: { email: 'bea@example.com' } },
      'committer',
    ],
    [
      'a co-author',
      'bea',
      { message: 'Mend it\n\nCo-authored-by: Bea <bea@example.com>' },
      'co_author',
    ],
    [
      'who runs the bot that wrote it',
      'bea',
      {
        bot: true,
        author: {
          account: { provider: 'github.com', login: 'dependabot[bot]' },
        },
        botOperator: { account: { provider: 'github.com', login: 'bea' } },
      },
      'bot_operator',
    ],
  ])('%s', async (_what, who, by, duty) => {
    const change = await asked('pia', by);
    expect(change.mine.vote?.code).toBeDefined();
    expect(await leftOf(change, await backend.vote(who, change))).toEqual(
      refusedAs(`vote.excluded.${duty}`),
    );
    expect(
      await leftOf(
        change,
        await backend.vote(who, change, {
          decision: 'reject',
          reason: 'Not this one',
        }),
      ),
    ).toEqual(refusedAs(`vote.excluded.${duty}`));
    const shown = (await backend.as(who).get(`/changes/${change.id}`))
      .body as Change;
    expect(shown.mine.vote?.code).toBe(`vote.excluded.${duty}`);
    expect((await backend.vote('bo', change)).status).toBe(200);
  });

  it('not who asked for it, nor who edited it', async () => {
    const change = await asked('pam');
    expect(await leftOf(change, await backend.vote('pam', change))).toEqual(
      refusedAs('vote.excluded.submitter'),
    );
  });

  it('not another User of who asked for it, by an address or an account', async () => {
    const { entities } = backend.world;
    for (const shared of [{ email: 'pam@example.com' }, { account: 'pam' }]) {
      entities.push(user('double', ['board'], shared));
      try {
        const change = await asked('pam');
        const told = await backend.vote('double', change);
        expect(await leftOf(change, told)).toEqual(
          refusedAs('vote.excluded.submitter'),
        );
      } finally {
        entities.pop();
      }
    }
  });

  it('not both of two Users who share an address', async () => {
    const { entities } = backend.world;
    entities.push(user('twin', ['board'], { email: 'ada@example.com' }));
    try {
      const change = await asked('pia', {});
      expect(await leftOf(change, await backend.vote('twin', change))).toEqual(
        refusedAs('vote.excluded.author'),
      );
    } finally {
      entities.pop();
    }
  });

  it('not the author of any of many commits', async () => {
    const change = await asked(
      'pia',
      {},
      {},
      { author: { email: 'bea@example.com' } },
      {},
    );
    expect(await leftOf(change, await backend.vote('bea', change))).toEqual(
      refusedAs('vote.excluded.author'),
    );
  });
});

describe('who decides', () => {
  it('is none of those who are not asked: admins have no way past', async () => {
    const change = await asked('pia');
    expect(await leftOf(change, await backend.vote('admin', change))).toEqual(
      refusedAs('vote.not_asked'),
    );
    expect(await leftOf(change, await backend.vote('sec', change))).toEqual(
      refusedAs('vote.not_asked'),
    );
    expect(await leftOf(change, await backend.vote('pia', change))).toEqual(
      refusedAs('vote.excluded.submitter'),
    );
  });

  it('is no service, and no service with the token of a person', async () => {
    const change = await asked('pia');
    const path = `/changes/${change.id}`;
    const body = { decision: 'approve', ...change.binding };
    const reason = { reason: 'Because I say so' };
    const { service } = backend;
    for (const told of [
      await service.post(`${path}/votes`, body),
      await service.post(`${path}/revoke`, reason),
      await service.post(`${path}/recuse`, reason),
      await service.post('/changes', {}),
      await service.delete(`${path}/votes/mine`),
    ]) {
      expect(told.status).toBe(403);
    }
    const acting = (method: 'post' | 'delete', sub: string, sent: object) =>
      request(backend.server)
        [method](`/api/cab${path}${sub}`)
        .set('Authorization', onBehalfOf('bea'))
        .send(sent);
    for (const told of [
      await acting('post', '/votes', body),
      await acting('post', '/recuse', reason),
      await acting('post', '/request-changes', reason),
      await acting('post', '/revoke', reason),
      await acting('delete', '/votes/mine', {}),
    ]) {
      expect(await leftOf(change, told)).toEqual(refusedAs('USER_ONLY'));
    }
    const seen = await request(backend.server)
      .get(`/api/cab${path}`)
      .set('Authorization', onBehalfOf('bea'));
    expect(seen.body.mine.vote.code).toBe('USER_ONLY');
  });

  it('is somebody with an account of a provider', async () => {
    const change = await backend.submit('sam', await backend.create('sam'));
    expect(change.state).toBe('peer_review');
    expect(await leftOf(change, await backend.vote('lone', change))).toEqual(
      refusedAs('LINK_ACCOUNT'),
    );
  });

  it('is who belongs to the group now, whatever their token says', async () => {
    const { world } = backend;
    const before = world.entities;
    const change = await asked('pia');
    world.entities = before.map(each =>
      each.metadata.name === 'bea' ? user('bea', []) : each,
    );
    expect(await leftOf(change, await backend.vote('bea', change))).toEqual(
      refusedAs('vote.not_asked'),
    );
    world.entities = before;
    expect((await backend.vote('bea', change)).status).toBe(200);
  });

  it('is nobody while the catalog cannot be asked who they are', async () => {
    const change = await asked('pia');
    backend.world.catalogAway = true;
    try {
      expect((await backend.vote('bea', change)).status).toBeGreaterThanOrEqual(
        500,
      );
    } finally {
      backend.world.catalogAway = false;
    }
    expect((await backend.get(change.id)).votes).toEqual([]);
  });

  it('may be narrowed by a policy, and not widened', async () => {
    const change = await asked('pia');
    backend.policy.set('cab.change.vote', 'deny');
    expect((await backend.vote('bea', change)).status).toBe(403);
    backend.policy.clear();
    expect(await leftOf(change, await backend.vote('admin', change))).toEqual(
      refusedAs('vote.not_asked'),
    );
  });
});

describe('what is asked for', () => {
  it('is of what the caller owns, where the policy says so', async () => {
    backend.policy.set('cab.change.create', {
      rule: 'IS_OWNER',
      resourceType: 'cab-change',
      params: { owners: ['group:default/shopping'] },
    });
    await backend.create('sam');
    const { body } = await backend
      .as('sam')
      .post('/changes', {
        entityRef: PAY,
        environment: 'test',
        headSha: backend.nextSha(),
        title: 'x',
      })
      .expect(403);
    expect(body.error.code).toBe('entity.no_create');
  });

  it('is no emergency unless a member of the owning group says so; and that one does not approve it', async () => {
    const { body } = await backend
      .as('sam')
      .post('/changes', {
        entityRef: PAY,
        environment: 'test',
        headSha: backend.nextSha(),
        title: 'x',
        type: 'emergency',
      })
      .expect(403);
    expect(body.error.code).toBe('type.emergency_owner');
    const change = await backend.submit(
      'pam',
      await backend.create('pam', { entityRef: PAY, type: 'emergency' }),
    );
    expect(change).toMatchObject({
      state: 'board_review',
      requirement: { min: 1 },
    });
    expect(await leftOf(change, await backend.vote('pam', change))).toEqual(
      refusedAs('vote.excluded.submitter'),
    );
    expect((await backend.vote('bea', change)).body.state).toBe('approved');
  });

  it('is of whoever sends it: no field and no header makes it somebody else’s', async () => {
    const change = await asked('pia');
    const smuggled = [
      { userRef: 'user:default/bea' },
      { onBehalfOf: 'user:default/bea' },
      { actor: 'user:default/bea' },
      { groups: ['group:default/board'] },
      { weight: 2 },
    ];
    for (const more of smuggled) {
      const told = await backend.vote('bea', change, more);
      expect(told.status).toBe(400);
    }
    // Another name counts where its bearer has named the sender, and not by itself.
    const other = await backend.vote('bea', change, {
      onBehalfOf: 'user:default/ben',
    });
    expect(other.status).toBe(403);
    expect(other.body.error.code).toBe('delegation.none');
    // The submitter, with every spelling of another name that a request can carry.
    for (const [name, value] of [
      ['x-user-ref', 'user:default/bea'],
      ['x-forwarded-user', 'bea'],
      ['x-backstage-user', 'user:default/bea'],
    ]) {
      const told = await backend.vote('pia', change).set(name, value);
      expect(told.status).toBe(403);
      expect(told.body.error.code).toBe('vote.excluded.submitter');
    }
    expect((await backend.get(change.id)).votes).toEqual([]);
    // One person is one vote, however often and at once they send it.
    const both = await Promise.all(
      Array.from({ length: 4 }, () => backend.vote('bea', change)),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const now = await backend.get(change.id);
    expect(now.votes).toHaveLength(1);
    expect(now).toMatchObject({
      state: 'board_review',
      requirement: { lacking: 1 },
    });
  });

  it('is as hard for a sample, and its label makes nobody a voter', async () => {
    const change = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY, sample: true }),
    );
    expect(change).toMatchObject({ sample: true, state: 'board_review' });
    expect((await backend.vote('pia', change)).status).toBe(403);
    expect((await backend.vote('sam', change)).status).toBe(403);
  });

  it('carries no score', async () => {
    const { body } = await backend
      .as('sam')
      .post('/changes', {
        entityRef: PAY,
        environment: 'test',
        headSha: backend.nextSha(),
        title: 'x',
        score: 1,
      })
      .expect(400);
    expect(body.error.message).toMatch(/^score: is not a parameter/);
  });

  it('waits while Git does not say who wrote it', async () => {
    const draft = await backend.create('sam');
    backend.world.gitAway = true;
    try {
      const told = await backend
        .as('sam')
        .post(`/changes/${draft.id}/submit`, { revision: 1 });
      expect(told.status).toBe(503);
      expect(told.headers['retry-after']).toBeDefined();
    } finally {
      backend.world.gitAway = false;
    }
    expect((await backend.get(draft.id)).state).toBe('draft');
  });

  it('is the submitter’s to change', async () => {
    const change = await asked('pia');
    const { body } = await backend
      .as('pam')
      .post(`/changes/${change.id}/edit`, { revision: 1, title: 'Mine' })
      .expect(403);
    expect(body.error.code).toBe('change.not_submitter');
    expect(
      (
        await backend
          .as('sam')
          .post(`/changes/${change.id}/withdraw`, { reason: 'No more' })
          .expect(403)
      ).body.error.code,
    ).toBe('change.not_owner');
    // The owner of the entity may withdraw it.
    expect(
      (
        await backend
          .as('pam')
          .post(`/changes/${change.id}/withdraw`, { reason: 'No more' })
          .expect(200)
      ).body.state,
    ).toBe('withdrawn');
  });
});
