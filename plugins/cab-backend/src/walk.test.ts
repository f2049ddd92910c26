import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { PAY } from './__testUtils__/organisation';
import { verified } from './__testUtils__/record';
import {
  createTestBackend,
  type TestBackend,
} from './__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the walk, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id));
  });
  afterAll(() => backend.stop());

  it('goes from a request to an allow by two votes of the board, and all of it is in the record', async () => {
    const draft = await backend.create('pia', { entityRef: PAY });
    expect(draft).toMatchObject({
      state: 'draft',
      revision: 1,
      environmentClass: 'test',
      owner: 'group:default/payments',
    });
    const { body: early } = await backend.gate(draft).expect(200);
    expect(early).toMatchObject({
      verdict: 'pending',
      reasonCode: 'DRAFT',
      changeId: draft.id,
    });

    const asked = await backend.submit('pia', draft);
    expect(asked).toMatchObject({
      state: 'board_review',
      route: 'board',
      requirement: { pool: ['group:default/board'], min: 2, lacking: 2 },
    });
    // A tier-1 service depends on it, and nobody knows what the change touches.
    expect(asked.risk?.result.floors).toContainEqual(
      expect.objectContaining({ id: 'tier1Structural', unknown: true }),
    );
    expect(asked.risk?.result.missing).toContain('tests');
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
    });

    const first = (await backend.vote('pam', asked).expect(200)).body as Change;
    expect(first).toMatchObject({
      state: 'board_review',
      requirement: { lacking: 1 },
    });
    // Another one of the owning group is no second view from outside.
    const second = (await backend.vote('pat', asked).expect(200))
      .body as Change;
    expect(second).toMatchObject({
      state: 'board_review',
      requirement: { lacking: 1 },
    });
    const third = (await backend.vote('bea', asked).expect(200)).body as Change;
    expect(third.state).toBe('approved');

    const { body: allow } = await backend.gate(asked).expect(200);
    expect(allow).toMatchObject({
      verdict: 'allow',
      reasonCode: 'APPROVED',
      changeId: asked.id,
      score: asked.score,
    });
    expect(Date.parse(allow.expiresAt)).toBeGreaterThan(Date.now());
    expect(allow.seq).toBeGreaterThan(0);

    const { timeline } = await backend.get(asked.id);
    expect(timeline.map(({ type }) => type)).toEqual([
      'create',
      'gate_asked',
      'submit',
      'scored',
      'routed_board',
      'gate_asked',
      'vote_approve',
      'vote_approve',
      'vote_approve',
      'quorum_met',
      'gate_asked',
    ]);
    expect(timeline.at(-2)?.actor).toBe('system:cab-engine@1.0.0');
    const { body: keys } = await backend.me.get('/keys').expect(200);
    const whole = await backend.me.get('/record/export').expect(200);
    expect(await verified(whole.body.lines, keys.record[0])).toMatch(
      /^OK localhost\/cab-.* signed up to \d+$/,
    );
    const own = await backend.me.get(`/changes/${asked.id}/export`).expect(200);
    expect(await verified(own.body.lines, keys.record[0])).toMatch(
      /^OK .* 11 entries of /,
    );
    expect(
      backend.announced.map(
        ({ eventPayload }) => (eventPayload as { state: string }).state,
      ),
    ).toEqual(['draft', 'board_review', 'approved']);
    expect((await backend.me.get('/record')).body).toMatchObject({
      roles: 'one',
      guards: [],
    });
  });

  it('goes by one vote of the owners where little can happen', async () => {
    const asked = await backend.submit(
      'sam',
      await backend.create('sam', { environment: 'test' }),
    );
    expect(asked).toMatchObject({
      route: 'peer',
      state: 'peer_review',
      requirement: { pool: ['group:default/shopping'], min: 1 },
    });
    const { body } = await backend
      .vote('sue', asked, { reason: 'Looks good' })
      .expect(200);
    expect(body).toMatchObject({
      state: 'approved',
      votes: [
        { userRef: 'user:default/sue', reason: 'Looks good', state: 'live' },
      ],
    });
  });

  it('ends with one no, and with a reason', async () => {
    const asked = await backend.submit('sam', await backend.create('sam'));
    const { body: refused } = await backend
      .vote('sue', asked, { decision: 'reject' })
      .expect(400);
    expect(refused.error).toMatchObject({ code: 'vote.reason' });
    const { body } = await backend
      .vote('sue', asked, {
        decision: 'reject',
        reason: 'It breaks the basket',
      })
      .expect(200);
    expect(body).toMatchObject({
      state: 'rejected',
      mine: { vote: { code: 'vote.not_now' } },
    });
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'deny',
      reasonCode: 'REJECTED',
    });
    // What ended stands in nobody's way.
    await backend.create('sam', { headSha: asked.headSha });
  });

  it('has one unfinished change request for each entity, environment and commit', async () => {
    const draft = await backend.create('sam');
    const again = {
      entityRef: draft.entity.ref,
      environment: 'test',
      headSha: draft.headSha,
      title: 'Again',
    };
    const { body } = await backend
      .as('sue')
      .post('/changes', again)
      .expect(409);
    expect(body.error).toMatchObject({
      code: 'change.twin',
      params: { id: draft.id },
    });
    await backend
      .as('sam')
      .post(`/changes/${draft.id}/withdraw`, { reason: 'Not needed' })
      .expect(200);
    await backend.as('sue').post('/changes', again).expect(201);
  });

  it('voids votes on what is no longer asked, with the new hashes', async () => {
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY }),
    );
    await backend.vote('pam', asked).expect(200);
    const edited = (
      await backend
        .as('pia')
        .post(`/changes/${asked.id}/edit`, {
          revision: 1,
          title: 'Another thing',
        })
        .expect(200)
    ).body as Change;
    expect(edited).toMatchObject({
      state: 'board_review',
      revision: 2,
      round: 2,
    });
    expect(edited.votes).toEqual([
      expect.objectContaining({
        state: 'void',
        why: expect.objectContaining({ code: 'void.revision' }),
      }),
    ]);
    expect(edited.requirement?.lacking).toBe(2);
    const { body } = await backend.vote('bea', asked).expect(409);
    expect(body.error).toMatchObject({
      code: 'EVIDENCE_CHANGED',
      params: edited.binding,
    });
    // A void vote never stands in the way of a new one.
    await backend.vote('pam', edited).expect(200);
    expect((await backend.vote('bea', edited).expect(200)).body.state).toBe(
      'approved',
    );
    const { body: stale } = await backend
      .as('pia')
      .post(`/changes/${asked.id}/edit`, { revision: 1, title: 'x' })
      .expect(409);
    expect(stale.error).toMatchObject({
      code: 'change.revision',
      params: { revision: 2 },
    });
  });

  it('closes the gate at once when an approval is taken back', async () => {
    const asked = await backend.submit('sam', await backend.create('sam'));
    await backend.vote('sue', asked).expect(200);
    expect((await backend.gate(asked)).body.verdict).toBe('allow');
    const { body: refused } = await backend
      .as('sue')
      .post(`/changes/${asked.id}/revoke`, { reason: 'No more' })
      .expect(403);
    expect(refused.error.code).toBe('revoke.not_board');
    await backend
      .as('sec')
      .post(`/changes/${asked.id}/revoke`, { reason: 'Something is wrong' })
      .expect(200);
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'deny',
      reasonCode: 'REVOKED',
    });
    const live = await backend
      .db('cab_allows')
      .where('change_id', asked.id)
      .whereNull('cancelled_at');
    expect(live).toEqual([]);
    const { body: late } = await backend.vote('ada', asked).expect(409);
    expect(late.error.code).toBe('vote.not_now');
  });

  it('takes votes back, steps back, and sends back', async () => {
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY }),
    );
    await backend.vote('bea', asked).expect(200);
    // The same again is the same vote; another is in the way of it.
    await backend.vote('bea', asked).expect(200);
    const { body: other } = await backend
      .vote('bea', asked, { decision: 'reject', reason: 'On second thoughts' })
      .expect(409);
    expect(other.error.code).toBe('vote.taken');
    const back = (
      await backend
        .as('bea')
        .delete(`/changes/${asked.id}/votes/mine`)
        .expect(200)
    ).body as Change;
    expect(back.votes).toEqual([
      expect.objectContaining({ state: 'withdrawn' }),
    ]);
    expect(
      (
        await backend
          .as('bea')
          .delete(`/changes/${asked.id}/votes/mine`)
          .expect(409)
      ).body.error.code,
    ).toBe('vote.none');
    await backend
      .as('ben')
      .post(`/changes/${asked.id}/recuse`, { reason: 'I know them' })
      .expect(200);
    expect((await backend.vote('ben', asked).expect(403)).body.error.code).toBe(
      'vote.recused',
    );
    const sent = (
      await backend
        .as('bo')
        .post(`/changes/${asked.id}/request-changes`, {
          reason: 'Say how to go back',
        })
        .expect(200)
    ).body as Change;
    expect(sent).toMatchObject({
      state: 'changes_requested',
      next: { code: 'next.changes' },
    });
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'pending',
      reasonCode: 'CHANGES_REQUESTED',
    });
    await backend
      .as('pia')
      .post(`/changes/${asked.id}/edit`, {
        revision: 1,
        title: 'With a way back',
      })
      .expect(200);
    const again = await backend.submit('pia', await backend.get(asked.id));
    expect(again).toMatchObject({
      state: 'board_review',
      revision: 2,
      round: 2,
    });
    expect((await backend.vote('ben', again).expect(403)).body.error.code).toBe(
      'vote.recused',
    );
  });

  it('asks others when too few are left, and never fewer', async () => {
    const asked = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY }),
    );
    await backend.vote('bea', asked).expect(200);
    for (const name of ['ben', 'bo', 'pam', 'pat']) {
      await backend
        .as(name)
        .post(`/changes/${asked.id}/recuse`, { reason: 'I know them' })
        .expect(200);
    }
    const now = await backend.get(asked.id);
    expect(now).toMatchObject({
      state: 'board_review',
      requirement: { escalated: true, min: 2, lacking: 1 },
    });
    expect(now.requirement?.pool).toContain('group:default/heads');
    expect((await backend.vote('head', now).expect(200)).body.state).toBe(
      'approved',
    );
  });

  it('asks the board where nobody owns it but who asks', async () => {
    const asked = await backend.submit(
      'sam',
      await backend.create('sam', { entityRef: 'component:default/mine' }),
    );
    expect(asked).toMatchObject({
      state: 'board_review',
      requirement: { min: 1, escalated: true, pool: ['group:default/board'] },
    });
  });

  it('submits nothing to production without evidence, and says what is missing', async () => {
    const draft = await backend.create('sam', { environment: 'prod' });
    expect(draft.environmentClass).toBe('production');
    const { body } = await backend
      .as('sam')
      .post(`/changes/${draft.id}/submit`, { revision: 1 })
      .expect(400);
    expect(body.error).toMatchObject({
      code: 'EVIDENCE_INCOMPLETE',
      params: { class: 'production' },
    });
    // What nobody has listed counts as production.
    const unlisted = await backend.create('sam', { environment: 'live' });
    expect(unlisted.environmentClass).toBeNull();
    await backend
      .as('sam')
      .post(`/changes/${unlisted.id}/submit`, { revision: 1 })
      .expect(400);
  });

  it('lists what there is, newest first, by entity and state', async () => {
    const { body } = await backend.me
      .get(`/changes?entityRef=${PAY}&state=approved&limit=1`)
      .expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.nextCursor).toEqual(expect.any(String));
    const next = await backend.me
      .get(
        `/changes?entityRef=${PAY}&state=approved&limit=1&cursor=${body.nextCursor}`,
      )
      .expect(200);
    expect(next.body.items[0].id).not.toBe(body.items[0].id);
  });

  it('says what waits for whom, by the rules of the vote, and for how long', async () => {
    const waiting = async (name: string) => {
      const { body } = await backend.as(name).get('/waiting').expect(200);
      return (body.items as Change[]).map(each => each.id);
    };
    const first = await backend.submit('sam', await backend.create('sam'));
    const second = await backend.submit(
      'sue',
      await backend.create('sue', { sample: true }),
    );
    expect([first.sample, second.sample]).toEqual([false, true]);
    const ofSue = await waiting('sue');
    // Not one's own, and the oldest first.
    expect(ofSue).toContain(first.id);
    expect(ofSue).not.toContain(second.id);
    const ofAda = (await waiting('ada')).filter(own =>
      [first.id, second.id].includes(own),
    );
    expect(ofAda).toEqual([first.id, second.id]);
    // Who is not asked, and who has no account to be told apart by.
    for (const name of ['bea', 'lone']) {
      expect(await waiting(name)).not.toContain(first.id);
    }
    await backend
      .as('sue')
      .post(`/changes/${first.id}/recuse`, { reason: 'I know them' })
      .expect(200);
    expect(await waiting('sue')).not.toContain(first.id);
    await backend.vote('ada', first).expect(200);
    expect(await waiting('ada')).not.toContain(first.id);

    const board = await backend.submit(
      'pia',
      await backend.create('pia', { entityRef: PAY }),
    );
    expect(await waiting('bea')).toContain(board.id);
    await backend.vote('bea', board).expect(200);
    expect(await waiting('bea')).not.toContain(board.id);
    // What is still missing is said in every list.
    const { body: ofBen } = await backend.as('ben').get('/waiting').expect(200);
    const { body: all } = await backend.me.get('/changes').expect(200);
    for (const { items } of [ofBen, all] as { items: Change[] }[]) {
      const listed = items.find(each => each.id === board.id);
      expect(listed?.next.params).toMatchObject({ count: 1 });
    }
    // Whoever asked is named once, however many revisions they made.
    expect((await backend.get(board.id)).involved).toEqual([
      { who: 'user:default/pia', duty: 'submitter', known: true },
    ]);
    // Who has taken it back is asked again.
    await backend.as('bea').delete(`/changes/${board.id}/votes/mine`);
    expect(await waiting('bea')).toContain(board.id);
    backend.policy.set('cab.change.vote', 'deny');
    expect(await waiting('ben')).toEqual([]);
    backend.policy.clear();
    backend.world.catalogAway = true;
    await backend.as('bea').get('/waiting').expect(503);
    backend.world.catalogAway = false;
  });

  it('says what a pipeline would be told, and allows nothing by it', async () => {
    const draft = await backend.create('sam');
    expect(draft.gate).toMatchObject({ verdict: 'pending' });
    const asked = await backend.submit('sam', draft);
    expect(asked.gate).toMatchObject({
      verdict: 'pending',
      reasonCode: 'PEER_REVIEW',
      reason: { code: 'gate.WAITING' },
    });
    const { body: approved } = await backend.vote('ada', asked).expect(200);
    expect(approved.gate).toMatchObject({
      verdict: 'allow',
      reasonCode: 'APPROVED',
      expiresAt: expect.any(String),
    });
    expect(await backend.db('cab_allows').where('change_id', asked.id)).toEqual(
      [],
    );
    const entries = approved.timeline.length;
    expect((await backend.get(asked.id)).timeline).toHaveLength(entries);
    await backend
      .as('sec')
      .post(`/changes/${asked.id}/revoke`, { reason: 'Something is wrong' })
      .expect(200);
    expect((await backend.get(asked.id)).gate).toMatchObject({
      verdict: 'deny',
      reasonCode: 'REVOKED',
    });
    // Of a class that is not gated nothing is asked.
    const free = await backend.create('sam', { environment: 'dev' });
    expect(free.gate.reasonCode).toBe('NOT_GATED');
  });

  it('says before it is sent where it could go, and whom it would be asked of', async () => {
    const { body } = await backend.me.get('/environments').expect(200);
    expect(body.items).toEqual([
      {
        name: 'test',
        environmentClass: 'test',
        gated: true,
        missingEvidence: [],
      },
      {
        name: 'dev',
        environmentClass: 'dev',
        gated: false,
        missingEvidence: [],
      },
      {
        name: 'staging',
        environmentClass: 'staging',
        gated: true,
        missingEvidence: ['tests', 'scan'],
      },
    ]);
    const preview = async (environment: string) =>
      (
        await backend.me
          .post('/risk/preview', {
            entityRef: 'component:default/shop',
            environment,
          })
          .expect(200)
      ).body;
    expect(await preview('test')).toMatchObject({
      environmentClass: 'test',
      missingEvidence: [],
      asks: { pool: ['group:default/shopping'], min: 1 },
    });
    expect(await preview('live')).toMatchObject({
      environmentClass: null,
      missingEvidence: expect.arrayContaining(['sbom']),
      asks: { pool: ['group:default/board'] },
    });
    const draft = await backend.create('sam', { environment: 'live' });
    expect(draft).toMatchObject({
      missingEvidence: expect.arrayContaining(['sbom']),
      mine: { submit: { code: 'EVIDENCE_INCOMPLETE' } },
    });
    expect((await backend.get(draft.id)).mine.submit?.code).toBe(
      'change.not_submitter',
    );
  });

  it('lists by phase and by who asked', async () => {
    const mine = await backend.submit('ada', await backend.create('ada'));
    const listed = async (query: string) =>
      (
        (await backend.me.get(`/changes?${query}`).expect(200)).body
          .items as Change[]
      ).map(each => ({
        id: each.id,
        state: each.state,
        submitter: each.submitter,
      }));
    const ada = 'submitter=user:default/ada';
    expect(await listed(`${ada}&phase=review`)).toEqual([
      { id: mine.id, state: 'peer_review', submitter: 'user:default/ada' },
    ]);
    expect(await listed(`${ada}&phase=end`)).toEqual([]);
    await backend.me.get('/changes?phase=nowhere').expect(400);
  });

  it('is talked about, whoever reads it', async () => {
    const draft = await backend.create('sam');
    const { body } = await backend
      .as('admin')
      .post(`/changes/${draft.id}/comments`, { text: 'Why now?' })
      .expect(200);
    expect(body.timeline.at(-1)).toMatchObject({
      type: 'comment',
      actor: 'user:default/admin',
      text: 'Why now?',
    });
    await backend.db('cab_texts').delete();
    expect((await backend.get(draft.id)).timeline.at(-1)?.text).toBeNull();
  });

  it('replays risks to the byte, from JSON with one reading', async () => {
    const asked = await backend.submit('sam', await backend.create('sam'));
    const [row] = await backend
      .db('cab_revisions')
      .where('change_id', asked.id);
    const { modelVersion, asOf, inputs } = JSON.parse(row.scored);
    const text = JSON.stringify({ modelVersion, asOf, inputs });
    const again = async (body: string) =>
      backend.me
        .post('/risk/replay', body)
        .set('Content-Type', 'application/json');
    const first = await again(text);
    expect(first.body).toEqual(asked.risk?.result);
    expect((await again(text)).text).toBe(first.text);
    expect((await again(`{"asOf":"x",${text.slice(1)}`)).status).toBe(400);
    expect((await again(text.replace('1.0.0', '0.0.1'))).body.error.code).toBe(
      'model.unknown',
    );
    const { body: preview } = await backend.me
      .post('/risk/preview', {
        entityRef: asked.entity.ref,
        environment: 'test',
      })
      .expect(200);
    expect(preview.result.riskResultHash).toBe(
      asked.risk?.result.riskResultHash,
    );
    expect(
      preview.explanation.wouldLower.map((each: { id: string }) => each.id),
    ).toContain('show_tests');
  });
});
