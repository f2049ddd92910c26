import { TestDatabases } from '@backstage/backend-test-utils';
import type { CabException, Change } from '@fawkes/backstage-plugin-cab-common';
import { SHOP, user } from '../__testUtils__/organisation';
import { verified, wholeRecord } from '../__testUtils__/record';
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
const REASON = { reason: 'The controls are enough for now' };

const WISH = {
  entityRef: SHOP,
  environment: 'staging',
  waives: 'tests',
  justification: 'The test farm burns until Monday',
  controls: [
    {
      text: 'Somebody watches the basket by hand',
      owner: 'user:default/ada',
      verification: 'The log of the watch',
    },
  ],
  expiresAt: iso(Date.now() + 10 * DAY),
};

describe.each(databases.eachSupportedId())('exceptions, %s', id => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend(await databases.init(id));
  });
  afterAll(() => backend.stop());
  /** Each test has what is excepted to itself. */
  beforeEach(async () => {
    await backend
      .db('cab_exceptions')
      .update({ environment: 'old', open_key: null });
  });

  const request = (by: string, more: object = {}) =>
    backend.as(by).post('/exceptions', { ...WISH, ...more });
  const decide = (by: string, { id: exception }: CabException, what: string) =>
    backend.as(by).post(`/exceptions/${exception}/${what}`, REASON);
  const granted = async (more: object = {}): Promise<CabException> => {
    const { body } = await request('sam', more).expect(201);
    return (await decide('sec', body, 'approve').expect(200)).body;
  };
  const apply = (by: string, change: Change, exception: CabException) =>
    backend
      .as(by)
      .post(`/changes/${change.id}/exceptions`, { exceptionId: exception.id });
  /** A scan that a pipeline sent, so that tests alone are missing. */
  const scanned = async (change: Change, findings: object[] = []) => {
    await backend.db('cab_evidence').insert({
      id: `scan-${change.id}`,
      change_id: change.id,
      kind: 'scan',
      sha256: change.headSha.padStart(64, '0'),
      size: 1,
      media_type: 'application/sarif+json',
      state: 'verified',
      says: JSON.stringify({
        kind: 'scan',
        tools: ['Trivy'],
        worst: 'none',
        findings,
        beyond: null,
        suppressed: 0,
        invoked: true,
        endedAt: null,
      }),
      producer: 'ci:x#y',
      produced_at: Date.now() - 60_000,
      received_at: Date.now(),
      from_revision: 1,
      waiting: 0,
    });
    return change;
  };
  /** Submitted with a waiver in place of tests, as far as the board. */
  const asked = async (
    exception: CabException,
    more: object = {},
  ): Promise<Change> => {
    const draft = await backend.create('sam', {
      environment: 'staging',
      ...more,
    });
    await scanned(draft);
    const { body } = await apply('sam', draft, exception).expect(200);
    return backend.submit('sam', body);
  };
  const approved = async (exception: CabException): Promise<Change> => {
    const change = await asked(exception);
    await backend.vote('bea', change).expect(200);
    const { body } = await backend.vote('ben', change).expect(200);
    expect(body.state).toBe('approved');
    return body;
  };
  const answer = async (change: Change) => {
    const { body } = await backend.gate(change);
    return `${body.verdict} ${body.reasonCode}`;
  };
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
  const look = () => backend.scheduler.triggerTask('cab-exceptions');
  const until = async (what: () => Promise<boolean>) => {
    for (let turn = 0; !(await what()); turn++) {
      if (turn > 200) throw new Error('It does not come');
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };

  it('is granted by security, and by nobody else', async () => {
    const { body: wish } = await request('sam').expect(201);
    expect(wish).toMatchObject({
      status: 'requested',
      requester: 'user:default/sam',
      justification: WISH.justification,
      controls: WISH.controls,
      decided: null,
      mine: { decide: { code: 'exception.not_security' }, end: null },
    });
    for (const who of ['sam', 'ada', 'bea', 'head', 'admin']) {
      expect(codeOf(await decide(who, wish, 'approve'))).toBe(
        '403 exception.not_security',
      );
    }
    const path = `/exceptions/${wish.id}/approve`;
    expect((await backend.service.post(path, REASON)).status).toBe(403);
    const acted = await backend.nobody
      .post(path, REASON)
      .set('Authorization', onBehalfOf('sec'));
    expect(codeOf(acted)).toBe('403 USER_ONLY');
    expect(codeOf(await decide('sec', wish, 'approve'))).toBe('200 undefined');
    expect(codeOf(await decide('bo', wish, 'reject'))).toBe(
      '409 exception.decided',
    );
    const types = (await entriesOf(wish.id)).map(
      ({ type, actor, changeSeq }) => `${changeSeq} ${type} ${actor}`,
    );
    expect(types).toEqual([
      '0 exception_requested user:default/sam',
      '1 exception_approved user:default/sec',
    ]);
    const log = JSON.stringify(await entriesOf(wish.id));
    expect(log).not.toContain(WISH.justification);
    expect(log).not.toContain(WISH.controls[0].text);
  });

  it('is granted by nobody who asked for it', async () => {
    const { body: wish } = await request('sec').expect(201);
    expect(codeOf(await decide('sec', wish, 'approve'))).toBe(
      '403 exception.own',
    );
    // Nor by another User of theirs.
    const { entities } = backend.world;
    entities.push(user('double', ['security'], { email: 'sec@example.com' }));
    try {
      expect(codeOf(await decide('double', wish, 'approve'))).toBe(
        '403 exception.own',
      );
    } finally {
      entities.pop();
    }
    expect((await decide('bo', wish, 'reject')).body.status).toBe('rejected');
  });

  it('is bounded: its time, its scope, how often it is extended, one question at a time', async () => {
    const now = Date.now();
    for (const [more, code] of [
      [{ expiresAt: iso(now + 91 * DAY) }, 'exception.period.long'],
      [{ expiresAt: iso(now - 1) }, 'exception.period.order'],
      [
        { startsAt: iso(now - 2 * DAY), expiresAt: iso(now - DAY) },
        'exception.period.past',
      ],
    ] as const) {
      expect(codeOf(await request('sam', more))).toBe(`400 ${code}`);
    }
    for (const waives of ['provenance', 'rollback_plan', 'review']) {
      const { status, body } = await request('sam', { waives });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/never waived/);
    }
    for (const more of [{ days: 5 }, { expiresAt: undefined, days: 91 }]) {
      expect((await request('sam', more)).status).toBe(400);
    }
    const longest = { expiresAt: undefined, days: 90, environment: 'test' };
    const { body: ninety } = await request('sam', longest).expect(201);
    expect(Date.parse(ninety.expiresAt) - Date.parse(ninety.startsAt)).toBe(
      90 * DAY,
    );
    const { body: first } = await request('sam').expect(201);
    expect(codeOf(await request('sue'))).toBe('409 exception.twin');
    await decide('sec', first, 'approve').expect(200);
    const next = async (from: number) => {
      const told = await request('sam', {
        startsAt: iso(now + from * DAY),
        expiresAt: iso(now + (from + 10) * DAY),
      });
      if (told.status === 201) await decide('sec', told.body, 'approve');
      return told.status === 201 ? told.body.extension : codeOf(told);
    };
    expect([await next(10), await next(20), await next(30)]).toEqual([
      1,
      2,
      '409 exception.extended',
    ]);
    expect(await next(38)).toBe(0);
    const other = await backend.create('sam');
    expect(codeOf(await apply('sam', other, first))).toBe(
      '404 exception.not_found',
    );
  });

  it('stands in place of what is missing, costs a board, and keeps who asked for it from voting', async () => {
    const draft = await scanned(
      await backend.create('sue', { environment: 'staging' }),
    );
    const { body: wish } = await request('sam').expect(201);
    expect(codeOf(await apply('sue', draft, wish))).toBe(
      '409 exception.not_active',
    );
    await decide('bo', wish, 'approve').expect(200);
    const { body: evidence } = await backend
      .as('sue')
      .get(`/changes/${draft.id}/evidence`);
    expect(evidence.usable).toMatchObject([{ id: wish.id, status: 'active' }]);
    expect(codeOf(await apply('pia', draft, wish))).toBe(
      '403 change.not_owner',
    );
    const { body: ready } = await apply('sue', draft, wish).expect(200);
    expect(ready).toMatchObject({ revision: 2, missingEvidence: [] });
    const change = await backend.submit('sue', ready);
    expect(change.route).toBe('board');
    expect(change.risk?.result.floors).toContainEqual({
      id: 'exceptionUsed',
      milli: 51_000,
      unknown: false,
      refs: [wish.id],
    });
    // A waiver tells nothing: tests stay unknown.
    expect(change.risk?.result.missing).toContain('tests');
    expect(change.involved).toContainEqual({
      who: 'user:default/sam',
      duty: 'exception_requester',
      known: true,
    });
    expect(change.exceptions).toMatchObject([
      {
        id: wish.id,
        status: 'active',
        justification: WISH.justification,
        decided: { by: 'user:default/bo', reason: REASON.reason },
      },
    ]);
    // Who granted it is an approver, and no part of the author side.
    await backend.vote('bo', change).expect(200);
    await backend.vote('ben', change).expect(200);
    expect(await answer(change)).toBe('allow APPROVED');
  });

  it('does not count where whoever granted it wrote what it is for', async () => {
    const exception = await granted();
    const headSha = backend.nextSha();
    backend.world.git.set(
      headSha,
      gitFacts(commit({ author: { email: 'sec@example.com' } })),
    );
    const draft = await scanned(
      await backend.create('sam', { environment: 'staging', headSha }),
    );
    expect(codeOf(await apply('sam', draft, exception))).toBe(
      '409 exception.author',
    );
    // The author side is looked at again when it is submitted.
    const late = await scanned(
      await backend.create('sam', { environment: 'staging' }),
    );
    const { body: ready } = await apply('sam', late, exception).expect(200);
    backend.world.git.set(
      late.headSha,
      gitFacts(commit({ author: { email: 'sec@example.com' } })),
    );
    const told = await backend
      .as('sam')
      .post(`/changes/${late.id}/submit`, { revision: ready.revision });
    expect(codeOf(told)).toBe('400 exception.author');
  });

  // SQLite has one writer, so there is no such moment.
  if (id === 'POSTGRES_18') {
    it('that is ended while the gate is asked allows nothing', async () => {
      const exception = await granted();
      const change = await approved(exception);
      const ending = await backend.db.transaction();
      await ending('cab_exceptions')
        .where('id', exception.id)
        .update({ state: 'ended' });
      const asking = answer(change);
      await until(async () => {
        const [{ waiting }] = await backend
          .db('pg_stat_activity')
          .where('wait_event_type', 'Lock')
          .whereRaw('datname = current_database()')
          .count({ waiting: '*' });
        return Number(waiting) > 0;
      });
      await ending.commit();
      expect(await asking).toBe('deny EXCEPTION');
    });
  }

  it('that ends by time closes the gate at once, and asks anew what was approved with it', async () => {
    const exception = await granted();
    const change = await approved(exception);
    expect(await answer(change)).toBe('allow APPROVED');
    const soon = Date.now() + 60_000;
    const set = (expires_at: number) =>
      backend
        .db('cab_exceptions')
        .where('id', exception.id)
        .update({ expires_at });
    await set(soon);
    // No leave outlives it.
    expect((await backend.gate(change)).body.expiresAt).toBe(iso(soon));
    await set(1);
    expect(await answer(change)).toBe('deny EXCEPTION');
    const outlook = await backend.get(change.id);
    expect(outlook.gate).toMatchObject({
      verdict: 'deny',
      reasonCode: 'EXCEPTION',
      reason: { params: { what: 'tests' } },
    });
    await look();
    await until(
      async () => (await backend.get(change.id)).state === 'evidence_pending',
    );
    expect(await answer(change)).toBe('pending EVIDENCE_PENDING');
    const now = await backend.get(change.id);
    expect(now.missingEvidence).toEqual(['tests']);
    expect(now.revision).toBe(change.revision + 1);
    expect(now.votes.map(({ state, why }) => [state, why?.code])).toEqual([
      ['void', 'void.exception'],
      ['void', 'void.exception'],
    ]);
    expect(now.timeline.map(({ type }) => type).slice(-3)).toEqual([
      'exception_expired',
      'found_incomplete',
      'gate_asked',
    ]);
    expect(
      await backend
        .db('cab_allows')
        .where('change_id', change.id)
        .whereNull('cancelled_at'),
    ).toEqual([]);
    await until(async () => {
      const [row] = await backend
        .db('cab_exceptions')
        .where('id', exception.id);
      return row.closed_at !== null;
    });
    // Nothing happens a second time.
    await look();
    expect((await backend.get(change.id)).revision).toBe(now.revision);
  });

  it('that somebody ends closes the gate at once, and what was allowed does not start', async () => {
    const exception = await granted();
    const change = await approved(exception);
    expect(await answer(change)).toBe('allow APPROVED');
    expect(codeOf(await decide('bea', exception, 'end'))).toBe(
      '403 exception.not_theirs',
    );
    const { body: ended } = await decide('bo', exception, 'end').expect(200);
    expect(ended).toMatchObject({
      status: 'ended',
      ended: { by: 'user:default/bo', reason: REASON.reason },
    });
    expect(await answer(change)).toBe('pending EVIDENCE_PENDING');
    const started = await backend.service.post('/gate/started', {
      entityRef: SHOP,
      environment: 'staging',
      commitSha: change.headSha,
      runUrl: 'https://ci.example/runs/1',
    });
    expect(codeOf(started)).toMatch(/^409 run\./);
    expect(codeOf(await decide('bo', exception, 'end'))).toBe(
      '409 exception.decided',
    );
    const again = await backend
      .as('sam')
      .post(`/changes/${change.id}/exceptions`, { exceptionId: exception.id });
    expect(codeOf(again)).toBe('409 exception.not_active');
  });

  it('makes a critical finding one that the board may accept, while it lasts', async () => {
    const finding = {
      id: 'CVE-1',
      severity: 'critical',
      count: 1,
      text: 'Old',
      where: null,
    };
    const tests = await granted();
    const excepted = await granted({ waives: 'finding', finding: 'CVE-1' });
    const draft = await scanned(
      await backend.create('sam', { environment: 'staging' }),
      [finding],
    );
    await apply('sam', draft, tests).expect(200);
    const blocked = await backend
      .as('sam')
      .post(`/changes/${draft.id}/submit`, { revision: 2 });
    expect(codeOf(blocked)).toBe('400 change.critical');
    const { body: ready } = await apply('sam', draft, excepted).expect(200);
    const change = await backend.submit('sam', ready);
    const floors = change.risk!.result.floors.map(each => each.id);
    expect(floors).toEqual(['criticalExcepted', 'exceptionUsed']);
    expect(change.risk!.result.floors[1].refs).toEqual(
      [tests.id, excepted.id].sort(),
    );
    await backend.vote('bea', change).expect(200);
    await backend.vote('ben', change).expect(200);
    expect(await answer(change)).toBe('allow APPROVED');
    await decide('bo', excepted, 'end').expect(200);
    // The set is complete without it, and the finding is critical again.
    const now = await backend.get(change.id);
    expect(now).toMatchObject({ state: 'board_review', route: 'board-major' });
    expect(now.risk!.result.floors.map(each => each.id)).toContain('critical');
    expect(await answer(change)).toBe('pending BOARD_REVIEW');
  });

  it('is used only where it is needed, once, and by no more than fits', async () => {
    const exception = await granted({ waives: 'scan' });
    const draft = await scanned(
      await backend.create('sam', { environment: 'staging' }),
    );
    expect(codeOf(await apply('sam', draft, exception))).toBe(
      '409 exception.not_needed',
    );
    const other = await backend.create('sam', { environment: 'staging' });
    const { body: first } = await apply('sam', other, exception).expect(200);
    const { body: second } = await apply('sam', other, exception).expect(200);
    expect(second.revision).toBe(first.revision);
  });

  it('is listed by what it waits for and how soon it ends, for those who may see the entity', async () => {
    const listed = async (query: string, who = 'sam') =>
      (
        await backend
          .as(who)
          .get(`/exceptions?environment=staging${query}`)
          .expect(200)
      ).body.items.map((each: CabException) => each.waives);
    await granted();
    await granted({ waives: 'scan', expiresAt: iso(Date.now() + 60 * DAY) });
    await request('sam', { waives: 'sbom' }).expect(201);
    expect(await listed('')).toEqual(['sbom', 'scan', 'tests']);
    expect(await listed('&which=waiting')).toEqual(['sbom']);
    expect(await listed('&which=ending')).toEqual(['tests']);
    expect(await listed('&which=active')).toEqual(['scan', 'tests']);
    const { world } = backend;
    const before = world.entities;
    world.entities = before.filter(({ metadata }) => metadata.name !== 'shop');
    try {
      expect(await listed('')).toEqual([]);
      expect(codeOf(await request('sam'))).toBe('404 entity.not_found');
    } finally {
      world.entities = before;
    }
    backend.policy.set('cab.change.create', 'deny');
    expect(codeOf(await request('sam'))).toBe('403 exception.no_request');
    backend.policy.clear();
  });

  it('is reminded of, each time once', async () => {
    const exception = await granted();
    const reminded = async () => {
      const [row] = await backend
        .db('cab_exceptions')
        .where('id', exception.id);
      return row.reminded as number;
    };
    await look();
    await until(async () => (await reminded()) === 1);
    await backend
      .db('cab_exceptions')
      .where('id', exception.id)
      .update({ expires_at: Date.now() + 2 * DAY });
    await look();
    await until(async () => (await reminded()) === 2);
    await look();
    expect(await reminded()).toBe(2);
  });

  it('leaves a record that anybody can verify', async () => {
    const { body: keys } = await backend.me.get('/keys');
    const { body: record } = await backend.me.get('/record/export?limit=1');
    expect(record.lines.length).toBeGreaterThan(0);
    const origin = record.lines[0].origin as string;
    const told = await verified(
      await wholeRecord(backend.db, origin, 500),
      keys.record[0],
    );
    expect(told).toMatch(/entries/);
    expect(told).not.toMatch(/entry \d+:/);
  });
});
