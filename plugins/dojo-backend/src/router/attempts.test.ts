import { TestDatabases } from '@backstage/backend-test-utils';
import type { Attempt, Module } from '@fawkes/backstage-plugin-dojo-common';
import { solver } from '../__testUtils__/solver';
import {
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MODULE = 'internal-platforms';
const LATE = 15_000;

describe.each(databases.eachSupportedId())('attempts, %s', id => {
  let dojo: TestDojo;
  let solve: Awaited<ReturnType<typeof solver>>;
  let quiz: string;
  let people = 0;

  beforeAll(async () => {
    dojo = await startDojo(await databases.init(id));
    solve = await solver(dojo.db);
    const { body } = await dojo.me.get(`/modules/${MODULE}`).expect(200);
    quiz = body.quizzes[0].id;
  });
  afterEach(() => jest.restoreAllMocks());

  const somebody = (): Asker => dojo.person(`user:default/learner-${++people}`);
  const start = async (who: Asker): Promise<Attempt> =>
    (await who.post('/attempts', { quiz }).expect(201)).body;
  const read = async (who: Asker, { id: attempt }: Attempt): Promise<Attempt> =>
    (await who.get(`/attempts/${attempt}`).expect(200)).body;
  const submit = async (
    who: Asker,
    attempt: Attempt,
    answers: Attempt['answers'],
    seq = 100,
  ): Promise<Attempt> =>
    (
      await who
        .post(`/attempts/${attempt.id}/submit`, { seq, answers })
        .expect(200)
    ).body;
  const save = (
    who: Asker,
    attempt: Attempt,
    seq: number,
    answers: Attempt['answers'],
  ) => who.put(`/attempts/${attempt.id}/answers`, { seq, answers });
  const at = (time: number) => jest.spyOn(Date, 'now').mockReturnValue(time);

  it('pass when enough is right; the module waits for its lab', async () => {
    const who = somebody();
    const attempt = await start(who);
    expect(attempt).toMatchObject({
      state: 'open',
      number: 1,
      practice: false,
      result: null,
    });
    expect(attempt.items).toHaveLength(9);
    const ended = await submit(who, attempt, solve(attempt, true));
    expect(ended.result).toMatchObject({
      passed: true,
      earned: { numerator: '8', denominator: '1' },
      total: 8,
      required: 7,
      missed: [],
    });
    const items = ended.result!.items!;
    expect(new Set(items.map(({ verdict }) => verdict))).toEqual(
      new Set(['right', 'self']),
    );
    expect(items.every(({ explanations }) => explanations.length > 0)).toBe(
      true,
    );
    const { body } = await who.get(`/modules/${MODULE}`).expect(200);
    expect(body).toMatchObject({
      standing: 'started',
      parts: { done: 1, all: 8 },
    });
    expect((await start(who)).practice).toBe(true);
  });

  it('say after a failure what to open, nothing else, and wait until it was', async () => {
    const who = somebody();
    const attempt = await start(who);
    const { result } = await submit(who, attempt, solve(attempt, false));
    expect(result).toMatchObject({ passed: false, items: null });
    expect(result!.missed.length).toBeGreaterThan(0);
    const { body: refused } = await who.post('/attempts', { quiz }).expect(409);
    expect(refused.error).toMatchObject({
      code: 'quiz.corrective',
      params: { count: result!.missed.length },
    });
    const { body: dojoNow } = await who.get('/dojo').expect(200);
    expect(dojoNow.next.kind).toBe('lesson');
    for (const { name } of result!.missed) {
      await who
        .post('/lessons/opened', { module: MODULE, lesson: name })
        .expect(204);
    }
    expect(
      (await read(who, attempt)).result!.missed.every(({ opened }) => opened),
    ).toBe(true);
    const again = await start(who);
    expect(again.number).toBe(2);
  });

  it('draw what the last had not, and call everything something else', async () => {
    const [one, other] = [somebody(), somebody()];
    const first = await start(one);
    const theirs = await start(other);
    const idsOf = ({ items }: Attempt) =>
      items.flatMap(({ id: item, options, lefts }) => [
        item,
        ...options.map(option => option.id),
        ...lefts.map(left => left.id),
      ]);
    const same = idsOf(first).filter(each => idsOf(theirs).includes(each));
    expect(same).toEqual([]);
    await submit(one, first, solve(first, true));
    const second = await start(one);
    const graded = (attempt: Attempt) =>
      attempt.items
        .filter(({ type }) => type !== 'open')
        .map(({ stem }) => stem);
    const fresh = graded(second).filter(stem => !graded(first).includes(stem));
    // Fourteen in the pool, eight drawn: all six that are left come.
    expect(fresh).toHaveLength(6);
    expect(idsOf(second).filter(each => idsOf(first).includes(each))).toEqual(
      [],
    );
  });

  it('are gone on with where they were left, by one open attempt at a time', async () => {
    const who = somebody();
    const all = await Promise.all(Array.from({ length: 5 }, () => start(who)));
    expect(new Set(all.map(attempt => attempt.id)).size).toBe(1);
    const [attempt] = all;
    const answers = solve(attempt, true).slice(0, 2);
    await save(who, attempt, 1, answers).expect(200);
    expect(await start(who)).toMatchObject({
      id: attempt.id,
      answers,
      seq: 1,
      items: attempt.items,
    });
  });

  it('keep the highest number, not the latest arrival', async () => {
    const who = somebody();
    const attempt = await start(who);
    const all = solve(attempt, true);
    await save(who, attempt, 5, all).expect(200);
    const { body } = await save(who, attempt, 4, []).expect(200);
    expect(body.seq).toBe(5);
    expect((await read(who, attempt)).answers).toEqual(all);
    expect((await submit(who, attempt, [], 3)).result!.passed).toBe(true);
  });

  it('are ended once, however often they are handed in', async () => {
    const who = somebody();
    const attempt = await start(who);
    const right = solve(attempt, true);
    const all = await Promise.all([
      ...Array.from({ length: 4 }, (_, n) =>
        submit(who, attempt, right, 10 + n),
      ),
      ...Array.from({ length: 4 }, (_, n) => submit(who, attempt, [], 2 + n)),
    ]);
    const results = new Set(
      all.map(({ result, endedAt }) => JSON.stringify([result, endedAt])),
    );
    expect(results.size).toBe(1);
    await save(who, attempt, 99, []).expect(409);
    expect(JSON.stringify((await read(who, attempt)).result)).toBe(
      JSON.stringify(all[0].result),
    );
  });

  it('count what is received within 15 s of the deadline, to the millisecond', async () => {
    const who = somebody();
    const attempt = await start(who);
    const deadline = Date.parse(attempt.deadlineAt);
    expect(deadline - Date.parse(attempt.startedAt)).toBe(9 * 2 * 60_000);
    at(deadline + LATE);
    await save(who, attempt, 1, solve(attempt, true)).expect(200);
    at(deadline + LATE + 1);
    const { body } = await save(who, attempt, 2, []).expect(409);
    expect(body.error.code).toBe('attempt.closed');
    const ended = await submit(who, attempt, [], 3);
    expect(ended).toMatchObject({
      state: 'ended',
      endedAt: attempt.deadlineAt,
      result: { passed: true },
    });
  });

  it('end by themselves, with what was saved last', async () => {
    const who = somebody();
    const attempt = await start(who);
    await save(who, attempt, 1, solve(attempt, true)).expect(200);
    at(Date.parse(attempt.deadlineAt) + LATE + 1);
    expect(await read(who, attempt)).toMatchObject({
      state: 'ended',
      result: { passed: true },
    });
  });

  it('refuse what is no answer, and change nothing', async () => {
    const who = somebody();
    const attempt = await start(who);
    const right = solve(attempt, true);
    await save(who, attempt, 1, right).expect(200);
    const stranger = await start(somebody());
    const single = attempt.items.find(({ type }) => type === 'single')!;
    const wrong: Array<[string, unknown]> = [
      ['answer.unknown_item', solve(stranger, true).slice(0, 1)],
      ['answer.twice', [right[0], right[0]]],
      [
        'answer.unknown_option',
        [{ item: single.id, answer: { type: 'single', choice: 'a' } }],
      ],
      [
        'answer.kind',
        [{ item: single.id, answer: { type: 'open', text: 'a' } }],
      ],
    ];
    for (const [code, answers] of wrong) {
      const saved = await save(
        who,
        attempt,
        2,
        answers as Attempt['answers'],
      ).expect(400);
      expect(saved.body.error.code).toBe(code);
      const { body } = await who
        .post(`/attempts/${attempt.id}/submit`, { seq: 2, answers })
        .expect(400);
      expect(body.error.code).toBe(code);
    }
    expect(await read(who, attempt)).toMatchObject({
      state: 'open',
      seq: 1,
      answers: right,
    });
  });

  it('are nobody else’s, the platform team’s included, and look as if they were not there', async () => {
    const who = somebody();
    const attempt = await start(who);
    const other = dojo.person('user:default/lena.hofmann');
    const unknown = (await other.get('/attempts/nothing').expect(404)).body
      .error;
    for (const answer of [
      await other.get(`/attempts/${attempt.id}`),
      await save(other, attempt, 1, []),
      await other.post(`/attempts/${attempt.id}/submit`, {
        seq: 1,
        answers: [],
      }),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body.error).toEqual(unknown);
    }
    await dojo.service.get(`/attempts/${attempt.id}`).expect(403);
    expect(await read(who, attempt)).toMatchObject({ state: 'open' });
  });

  it('are not for guests, who keep nothing', async () => {
    const guest = dojo.person('user:development/guest');
    const { body } = await guest.post('/attempts', { quiz }).expect(403);
    expect(body.error.code).toBe('attempt.guest');
    await guest
      .post('/lessons/opened', { module: MODULE, lesson: 'catalog' })
      .expect(403);
    expect((await guest.get('/dojo').expect(200)).body.keepsProgress).toBe(
      false,
    );
  });

  it('leave an audit trail without a verdict, a module or an item', async () => {
    const who = somebody();
    dojo.audits.length = 0;
    const attempt = await start(who);
    await save(who, attempt, 1, solve(attempt, true)).expect(200);
    await submit(who, attempt, solve(attempt, true));
    expect(dojo.audits.map(({ meta }) => meta)).toEqual([
      { actionType: 'start', attempt: attempt.id },
      { actionType: 'save', attempt: attempt.id },
      { actionType: 'submit', attempt: attempt.id },
    ]);
  });

  it('go on by steps: lessons in order, the open attempt first', async () => {
    const who = somebody();
    const next = async () => (await who.get('/dojo').expect(200)).body.next;
    expect(await next()).toMatchObject({
      kind: 'lesson',
      module: 'agentic-engineering',
      part: 'two-ways',
    });
    await who
      .post('/lessons/finished', {
        module: 'agentic-engineering',
        lesson: 'two-ways',
      })
      .expect(204);
    expect(await next()).toMatchObject({ kind: 'lesson', part: 'who-answers' });
    const attempt = await start(who);
    expect(await next()).toMatchObject({ kind: 'attempt', module: MODULE });
    await submit(who, attempt, []);
    const { body }: { body: Module } = await who
      .get('/modules/agentic-engineering')
      .expect(200);
    expect(body.lessons.map(({ readAt }) => readAt !== null)).toEqual([
      true,
      false,
    ]);
  });
});
