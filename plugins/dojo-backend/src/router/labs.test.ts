import { TestDatabases } from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { LabRun, RunStep } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  dojoChecksExtensionPoint,
  type CheckAnswer,
  type DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import { AwayError } from '@fawkes/kit-backend/http';
import {
  curriculumOf,
  labCatalog,
  labDelivery,
} from '../__testUtils__/labWorld';
import { solver } from '../__testUtils__/solver';
import {
  folderOf,
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const at = (time: number) => jest.spyOn(Date, 'now').mockReturnValue(time);
const PAUSE = 10_000;
const DAY = 86_400_000;

describe.each(databases.eachSupportedId())('labs of ours, %s', id => {
  let dojo: TestDojo;
  let people = 0;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    dojo = await startDojo(await databases.init(id), undefined, {
      catalog: labCatalog(),
      delivery: labDelivery(),
    });
    for (const module of ['internal-platforms', 'dora-metrics']) {
      const { body } = await dojo.me.get(`/modules/${module}`).expect(200);
      for (const lab of body.labs) ids[lab.slug] = lab.id;
    }
  });
  afterEach(() => jest.restoreAllMocks());

  const somebody = (): Asker => dojo.person(`user:default/doer-${++people}`);
  const start = async (who: Asker, lab = 'find-owner'): Promise<LabRun> =>
    (await who.post('/runs', { lab: ids[lab] }).expect(201)).body;
  const check = (who: Asker, run: LabRun, answers: Record<string, string>) =>
    who.post(`/runs/${run.id}/check`, {
      answers: Object.entries(answers).map(([step, text]) => ({ step, text })),
    });
  const step = (run: LabRun, name: string): RunStep =>
    run.steps.find(each => each.id === name)!;

  it('ask whose a component is, and take every name of its owner', async () => {
    for (const answer of [
      'secret owners',
      'group:secret-owners',
      'the OWNERS',
    ]) {
      const who = somebody();
      const run = await start(who);
      // Nothing in this lab looks for it.
      expect(run.nonce).toBeNull();
      expect(step(run, 'owner')).toMatchObject({
        asks: 'text',
        entity: {
          ref: 'component:default/payments-api',
          title: 'Payments API',
        },
        about: { code: 'live.owner', params: { entity: 'Payments API' } },
        page: '/catalog/default/component/payments-api',
        state: 'open',
        fix: null,
      });
      const { body } = await check(who, run, { owner: answer }).expect(200);
      expect(body).toMatchObject({ earned: 4, state: 'open' });
      expect(body.passedAt).not.toBeNull();
      const { evidence, ...owner } = step(body, 'owner');
      expect(owner).toMatchObject({ state: 'passed', why: null, fix: null });
      expect(evidence).toMatchObject({
        source: 'catalog',
        assurance: 'observed',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(JSON.parse(evidence!.excerpt)).toEqual({
        entity: 'component:default/payments-api',
        owners: ['group:default/secret-owners'],
        relation: 'ownedBy',
      });
    }
  });

  it('say that an answer is another, what to do, and never what is right', async () => {
    const who = somebody();
    const run = await start(who);
    const { body, text } = await check(who, run, { owner: 'bob' }).expect(200);
    expect(step(body, 'owner')).toMatchObject({
      state: 'failed',
      answer: 'bob',
      why: { code: 'live.other' },
      fix: expect.stringContaining('Owner'),
      evidence: null,
    });
    expect(step(body, 'catalog')).toMatchObject({
      state: 'failed',
      why: { code: 'visited.not_yet' },
    });
    expect(text).not.toMatch(/secret|owners"/);
    // It is there after a reload.
    const { body: again } = await who.get(`/runs/${run.id}`).expect(200);
    expect(step(again, 'owner')).toEqual(step(body, 'owner'));
    const { body: lab } = await who
      .get('/modules/internal-platforms/labs/find-owner')
      .expect(200);
    expect(lab.run.id).toBe(run.id);
  });

  it('keep what has passed, whatever comes after it, and end when all has', async () => {
    const who = somebody();
    const now = Date.now();
    const run = await start(who);
    at(now + PAUSE);
    const { body: first } = await check(who, run, { owner: 'secret-owners' });
    at(now + 2 * PAUSE);
    const { body: second } = await check(who, run, { owner: 'bob' });
    expect(step(second, 'owner')).toMatchObject({ state: 'passed' });
    expect(step(second, 'owner').evidence).toEqual(
      step(first, 'owner').evidence,
    );
    expect(second.passedAt).toBe(first.passedAt);
    at(now + 2 * PAUSE + 1);
    const { body: whole } = await who
      .post(`/runs/${run.id}/visits`, { step: 'catalog' })
      .expect(200);
    expect(whole).toMatchObject({ state: 'ended', earned: 5 });
    expect(step(whole, 'catalog').evidence).toMatchObject({
      assurance: 'self-reported',
    });
    await check(who, run, {}).expect(409);
    // Another go may fail; the lab stays done.
    const next = await start(who);
    expect(next.id).not.toBe(run.id);
    const { body: module } = await who.get('/modules/internal-platforms');
    expect(module.labs[0]).toMatchObject({
      standing: 'done',
      passedAt: first.passedAt,
    });
  });

  it('finish a module with its check', async () => {
    const who = somebody();
    const solve = await solver(dojo.db);
    const module = async () =>
      (await who.get('/modules/internal-platforms').expect(200)).body;
    const [{ id: quiz }] = (await module()).quizzes;
    const run = await start(who);
    await check(who, run, { owner: 'secret-owners' }).expect(200);
    expect(await module()).toMatchObject({
      standing: 'started',
      parts: { done: 1, all: 8 },
    });
    const { body: attempt } = await who.post('/attempts', { quiz });
    await who
      .post(`/attempts/${attempt.id}/submit`, {
        seq: 1,
        answers: solve(attempt, true),
      })
      .expect(200);
    expect(await module()).toMatchObject({
      standing: 'done',
      parts: { done: 2, all: 8 },
    });
  });

  it('read figures within half of the last digit that is shown', async () => {
    const who = somebody();
    const now = Date.now();
    const run = await start(who, 'read-figures');
    const { about, page } = step(run, 'change-fail-rate');
    const { from, to } = about!.params;
    expect(page).toBe(
      `/delivery?scope=component%3Adefault%2Fpayments-api&from=${from}&to=${to}&tz=UTC`,
    );
    expect(Date.parse(String(to)) - Date.parse(String(from))).toBe(90 * DAY);
    at(now + PAUSE);
    const { body: wrong } = await check(who, run, {
      'change-fail-rate': '12.6',
      'rework-rate': 'few',
    }).expect(200);
    expect(step(wrong, 'change-fail-rate').why!.code).toBe('live.other');
    expect(step(wrong, 'rework-rate').why!.code).toBe('live.number');
    at(now + 2 * PAUSE);
    const { body: right } = await check(who, run, {
      'change-fail-rate': '12,55 %',
      'rework-rate': '7.5',
    }).expect(200);
    expect(right).toMatchObject({ state: 'ended', earned: 5 });
  });

  it('are looked at once in ten seconds, also after a restart', async () => {
    const who = somebody();
    const now = Date.now();
    at(now);
    const run = await start(who);
    const { body } = await check(who, run, {}).expect(200);
    expect(body.checkAgainAt).toBe(new Date(now + PAUSE).toISOString());
    at(now + 3_001);
    const soon = await check(who, run, { owner: 'secret-owners' }).expect(429);
    expect(soon.headers['retry-after']).toBe('7');
    expect(soon.body.error.code).toBe('run.soon');
    const { body: fresh } = await who
      .post('/runs', { lab: ids['find-owner'], restart: true })
      .expect(201);
    expect(fresh.id).not.toBe(run.id);
    await check(who, fresh, {}).expect(429);
    at(now + PAUSE);
    await check(who, fresh, {}).expect(200);
    await check(who, run, {}).expect(409);
  });

  it('are one run however often somebody presses, and ten checks at once are one', async () => {
    const who = somebody();
    const runs = await Promise.all([1, 2, 3, 4].map(() => start(who)));
    expect(new Set(runs.map(run => run.id)).size).toBe(1);
    const said = await Promise.all(
      Array.from({ length: 10 }, () =>
        check(who, runs[0], { owner: 'secret-owners' }),
      ),
    );
    const statuses = said.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(9).fill(429)]);
  });

  it('end by themselves after fourteen days, and begin anew', async () => {
    const who = somebody();
    const now = Date.now();
    at(now);
    const run = await start(who);
    at(now + 14 * DAY - 1);
    await check(who, run, {}).expect(200);
    at(now + 14 * DAY);
    const { body } = await check(who, run, {}).expect(409);
    expect(body.error.code).toBe('run.ended');
    expect((await start(who)).id).not.toBe(run.id);
  });

  it('refuse what is not of the run, and change nothing by it', async () => {
    const who = somebody();
    const run = await start(who);
    await check(who, run, { nothing: 'x' }).expect(400);
    await check(who, run, { catalog: '/catalog' }).expect(400);
    await check(who, run, { owner: 'x'.repeat(501) }).expect(400);
    const twice = { step: 'owner', text: 'x' };
    await who
      .post(`/runs/${run.id}/check`, { answers: [twice, twice] })
      .expect(400);
    await who.post(`/runs/${run.id}/visits`, { step: 'owner' }).expect(400);
    expect((await who.get(`/runs/${run.id}`)).body.steps).toEqual(run.steps);
  });

  it('are not for guests', async () => {
    const guest = dojo.person('user:development/guest');
    await guest.post('/runs', { lab: ids['find-owner'] }).expect(403);
    const { body } = await guest
      .get('/modules/internal-platforms/labs/find-owner')
      .expect(200);
    expect(body).toMatchObject({ keepsProgress: false, run: null });
  });
});

const said = (code: string) => ({ code, params: {}, text: code });

/** A check whose answer is in the hands of the test. */
function ownCheck(type: string) {
  const held: { answer: () => Promise<CheckAnswer>; asked: unknown[] } = {
    answer: async () => ({ verdict: 'error', why: said('own.unset') }),
    asked: [],
  };
  const check: DojoCheck = {
    type,
    params: CHECK_TYPES['ci-run'].params,
    assurance: 'observed',
    evaluate: question => {
      held.asked.push(question);
      return held.answer();
    },
  };
  return { held, check };
}

const pass = (fact: unknown, claim?: string): CheckAnswer => ({
  verdict: 'pass',
  observedAt: new Date(),
  evidence: { source: 'test', fact, claim },
});

describe('checks that others bring', () => {
  afterEach(() => jest.restoreAllMocks());

  async function withChecks(more = '') {
    const [one, two] = [ownCheck('own-one'), ownCheck('own-two')];
    const { folder, remove } = await folderOf(
      curriculumOf({ types: ['own-one', 'own-two'], more }),
    );
    const dojo = await startDojo(await databases.init('SQLITE_3'), [folder], {
      features: [
        createBackendModule({
          pluginId: 'dojo',
          moduleId: 'own-checks',
          register(reg) {
            reg.registerInit({
              deps: { checks: dojoChecksExtensionPoint },
              async init({ checks }) {
                checks.addCheck(one.check);
                checks.addCheck(two.check);
              },
            });
          },
        }),
      ],
    });
    await remove();
    const { body } = await dojo.me.get('/modules/one').expect(200);
    const lab: string = body.labs[0].id;
    const begin = async (who: Asker): Promise<LabRun> =>
      (await who.post('/runs', { lab }).expect(201)).body;
    const look = (who: Asker, run: LabRun) =>
      who.post(`/runs/${run.id}/check`, {});
    return { dojo, one: one.held, two: two.held, begin, look };
  }

  it('that are away fail nothing: 503, and what passed beside them is kept', async () => {
    const { dojo, one, two, begin, look } = await withChecks();
    const run = await begin(dojo.me);
    one.answer = async () => pass({ one: 1 });
    two.answer = async () => {
      throw new AwayError('away');
    };
    const away = await look(dojo.me, run).expect(503);
    expect(away.headers['retry-after']).toBe('10');
    expect(away.body.error.code).toBe('run.away');
    const { body } = await dojo.me.get(`/runs/${run.id}`).expect(200);
    expect(body.steps).toMatchObject([
      { state: 'passed' },
      { state: 'open', why: null, fix: null, lookedAt: null },
    ]);
    expect(body.passedAt).toBeNull();
  });

  it('that break are neither passed nor failed, and the log has no word of theirs', async () => {
    const { dojo, one, begin, look } = await withChecks();
    const run = await begin(dojo.me);
    one.answer = async () => {
      throw new TypeError('SECRET of the learner');
    };
    const { body, text } = await look(dojo.me, run).expect(200);
    expect(body.steps).toMatchObject([
      { state: 'unknown', why: { code: 'check.broken' } },
      { state: 'unknown', why: { code: 'own.unset' } },
    ]);
    expect(text).not.toContain('SECRET');
  });

  it('are asked in the eyes of the learner, with the nonce of the run', async () => {
    const { dojo, one, begin, look } = await withChecks();
    const run = await begin(dojo.me);
    await look(dojo.me, run).expect(200);
    expect(run.nonce).toMatch(/^[0-9a-f]{20}$/);
    expect(one.asked).toEqual([
      expect.objectContaining({
        learner: 'user:default/mock',
        nonce: run.nonce,
        since: new Date(run.startedAt),
        credentials: expect.objectContaining({
          principal: expect.objectContaining({
            userEntityRef: 'user:default/mock',
          }),
        }),
      }),
    ]);
  });

  it('give one fact to one learner only, without saying to whom', async () => {
    const { dojo, one, two, begin, look } = await withChecks();
    one.answer = async () => pass({ made: 'by hand' }, 'the-thing');
    two.answer = async () => pass({ free: true });
    const other = dojo.person('user:default/other');
    const [mine, theirs] = [await begin(dojo.me), await begin(other)];
    expect(
      (await look(dojo.me, mine).expect(200)).body.passedAt,
    ).not.toBeNull();
    const { body, text } = await look(other, theirs).expect(200);
    expect(body.steps).toMatchObject([
      { state: 'failed', why: { code: 'check.taken' }, evidence: null },
      { state: 'passed' },
    ]);
    expect(text).not.toContain('mock');
    // Whose it is may use it again.
    const again = await begin(dojo.me);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + PAUSE);
    const { body: second } = await look(dojo.me, again).expect(200);
    expect(second.steps[0].state).toBe('passed');
  });

  it('have their evidence redacted when it is captured', async () => {
    const { dojo, one, begin, look } = await withChecks();
    one.answer = async () =>
      pass({
        by: 'user:default/mock',
        reviewer: 'user:default/bob',
        token: 'hunter2',
      });
    const run = await begin(dojo.me);
    const { body } = await look(dojo.me, run).expect(200);
    expect(JSON.parse(body.steps[0].evidence.excerpt)).toEqual({
      by: 'user:default/mock',
      reviewer: '[another person]',
      token: '[secret]',
    });
    const kept = JSON.stringify(await dojo.db('lab_steps').select());
    expect(kept).not.toMatch(/hunter2|user:default\/bob/);
    expect(JSON.stringify(dojo.audits)).not.toMatch(/pass|own-one|one-lab/);
  });

  it('are attested at most where the work is of a team', async () => {
    const { dojo, one, begin, look } = await withChecks('attribution: owner');
    one.answer = async () => pass({});
    const run = await begin(dojo.me);
    const { body } = await look(dojo.me, run).expect(200);
    expect(body.steps[0].evidence.assurance).toBe('attested');
  });

  it('hold at one moment where the lab says so', async () => {
    const { dojo, one, two, begin, look } = await withChecks(
      'simultaneous: true',
    );
    const now = Date.now();
    const run = await begin(dojo.me);
    const fail = async (): Promise<CheckAnswer> => ({
      verdict: 'fail',
      observedAt: new Date(),
      why: said('own.no'),
    });
    [one.answer, two.answer] = [async () => pass({}), fail];
    expect((await look(dojo.me, run)).body.passedAt).toBeNull();
    [one.answer, two.answer] = [fail, async () => pass({})];
    at(now + 2 * PAUSE);
    expect((await look(dojo.me, run)).body).toMatchObject({
      passedAt: null,
      earned: 2,
    });
    one.answer = async () => pass({});
    at(now + 4 * PAUSE);
    expect((await look(dojo.me, run)).body.passedAt).not.toBeNull();
  });
});

describe('a lab that cannot be done here', () => {
  it.each([
    ['ci-run', 'check.absent'],
    ['http-probe', 'probe.none'],
    ['answer-live', 'live.owner_none'],
    ['dora-metric', 'metric.team'],
  ])('says before the start what %s needs', async (type, code) => {
    const { folder, remove } = await folderOf(curriculumOf({ types: [type] }));
    const dojo = await startDojo(await databases.init('SQLITE_3'), [folder]);
    await remove();
    const { body } = await dojo.me.get('/modules/one/labs/one-lab').expect(200);
    expect(body.needs).toMatchObject([{ code }]);
    const { body: refused } = await dojo.me
      .post('/runs', { lab: body.id })
      .expect(409);
    expect(refused.error.code).toBe('lab.needs');
    expect(await dojo.db('lab_runs')).toEqual([]);
  });
});
