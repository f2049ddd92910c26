import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import type {
  Attempt,
  Belt,
  LabRun,
} from '@fawkes/backstage-plugin-dojo-common';
import { curriculumWithExam } from '../__testUtils__/labWorld';
import { solver } from '../__testUtils__/solver';
import {
  folderOf,
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 86_400_000;

describe.each(databases.eachSupportedId())('an exam, %s', id => {
  let dojo: TestDojo;
  let solve: Awaited<ReturnType<typeof solver>>;
  let remove: () => Promise<void>;
  let people = 0;
  const sent: NotificationSendOptions[] = [];

  beforeAll(async () => {
    const folder = await folderOf(curriculumWithExam());
    remove = folder.remove;
    dojo = await startDojo(await databases.init(id), [folder.folder], {
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async each => void sent.push(each) }),
        }),
      ],
    });
    solve = await solver(dojo.db);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => remove());

  const somebody = (): [Asker, string] => {
    const ref = `user:default/learner-${++people}`;
    return [dojo.person(ref), ref];
  };
  const belt = async (who: Asker): Promise<Belt> =>
    (await who.get('/belts/white').expect(200)).body;
  const at = (time: number) => jest.spyOn(Date, 'now').mockReturnValue(time);

  async function begin(who: Asker): Promise<Attempt> {
    const { exam } = await belt(who);
    return (await who.post('/attempts', { quiz: exam!.id }).expect(201)).body;
  }
  async function submit(who: Asker, attempt: Attempt, right: boolean) {
    const answers = solve(attempt, right);
    const path = `/attempts/${attempt.id}/submit`;
    const { body } = await who.post(path, { seq: 9, answers }).expect(200);
    return body as Attempt;
  }
  async function doModule(who: Asker) {
    const { body: module } = await who.get('/modules/one').expect(200);
    const [{ id: lab }] = module.labs;
    const { body: run } = await who.post('/runs', { lab }).expect(201);
    const step = { step: run.steps[0].id };
    await who.post(`/runs/${run.id}/visits`, step).expect(200);
  }
  const startLab = async (who: Asker) =>
    who.post('/runs', { lab: (await belt(who)).exam!.labs[0].id });
  const visit = async (who: Asker, run: LabRun, step: string) =>
    (await who.post(`/runs/${run.id}/visits`, { step }).expect(200)).body;

  it('leads to the belt with its questions and its lab, once, and says what is left', async () => {
    const [who, ref] = somebody();
    const before = await belt(who);
    expect(before.left.map(({ kind, name }) => [kind, name])).toEqual([
      ['module', 'one'],
      ['exam', 'white-exam'],
    ]);
    expect(before.exam).toMatchObject({
      questions: 2,
      clockMinutes: 4,
      total: 10,
      required: 8,
      publicItems: true,
      hindrance: null,
      passed: false,
      labsOpenUntil: null,
    });
    const { body: closed } = await startLab(who).then(said => said);
    expect(closed.error.code).toBe('exam.labs_closed');
    const attempt = await begin(who);
    expect(attempt).toMatchObject({
      module: null,
      belt: { slug: 'white', title: 'White' },
    });
    const ended = await submit(who, attempt, true);
    expect(ended.result).toMatchObject({
      passed: null,
      required: null,
      total: 4,
      earned: { numerator: '4', denominator: '1' },
      missed: [],
      items: null,
    });
    const { body: run } = await startLab(who);
    expect(run).toMatchObject({ module: null, belt: { slug: 'white' } });
    await visit(who, run, 'catalog');
    // Points count before the lab is passed.
    expect((await belt(who)).left).toMatchObject([
      { kind: 'module' },
      { kind: 'exam', have: 7, need: 8 },
    ]);
    await visit(who, run, 'docs');
    expect((await belt(who)).exam).toMatchObject({
      passed: true,
      earned: { numerator: '10' },
      hindrance: { code: 'exam.passed' },
    });
    expect((await belt(who)).award).toBeNull();
    await doModule(who);
    const after = await belt(who);
    expect(after.left).toEqual([]);
    expect(after.award).toMatchObject({ generation: 1, revokedAt: null });
    const quiz = after.exam!.id;
    const { body: refused } = await who.post('/attempts', { quiz }).expect(409);
    expect(refused.error.code).toBe('exam.passed');
    const told = () =>
      sent.filter(each => JSON.stringify(each.recipients).includes(`${ref}"`));
    for (let n = 0; n < 100 && told().length === 0; n++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(told().map(({ payload }) => payload.title)).toEqual([
      'You have earned the White belt',
    ]);
    const { body: all } = await who.get('/dojo').expect(200);
    expect(all.curricula[0].belts[0]).toMatchObject({
      left: 0,
      awardedAt: after.award!.awardedAt,
      revokedAt: null,
    });
    const [other] = somebody();
    expect((await belt(other)).award).toBeNull();
  });

  it('waits after a failure, to the very instant, without a corrective', async () => {
    const [who] = somebody();
    const attempt = await begin(who);
    const { endedAt, result } = await submit(who, attempt, false);
    expect(result).toMatchObject({
      passed: null,
      missed: [{ name: 'one', title: 'One' }],
    });
    const quiz = (await belt(who)).exam!.id;
    const opens = Date.parse(endedAt!) + 7 * DAY;
    expect((await belt(who)).exam).toMatchObject({
      opensAt: new Date(opens).toISOString(),
      hindrance: { code: 'exam.wait' },
    });
    at(opens - 1);
    const { body } = await who.post('/attempts', { quiz }).expect(409);
    expect(body.error.code).toBe('exam.wait');
    at(opens);
    const { body: again } = await who.post('/attempts', { quiz }).expect(201);
    expect(again.number).toBe(2);
    // Nothing of what the last one drew, as there is enough.
    const stems = (each: Attempt) => each.items.map(({ stem }) => stem);
    expect(stems(again).filter(stem => stems(attempt).includes(stem))).toEqual(
      [],
    );
  });

  it('keeps its labs open for seven days from its start, also for a restart', async () => {
    const [who] = somebody();
    const { startedAt } = await begin(who);
    const start = Date.parse(startedAt);
    const lab = (await belt(who)).exam!.labs[0].id;
    at(start + 7 * DAY - 1);
    const { body: run } = await who.post('/runs', { lab }).expect(201);
    expect(run.endsAt).toBe(new Date(start + 7 * DAY).toISOString());
    const restart = { lab, restart: true };
    const { body: second } = await who.post('/runs', restart).expect(201);
    expect(second.endsAt).toBe(run.endsAt);
    at(start + 7 * DAY);
    expect((await who.post('/runs', { lab }).expect(409)).body.error.code).toBe(
      'exam.labs_closed',
    );
  });

  it('is the next step once the modules are done', async () => {
    const [who] = somebody();
    await doModule(who);
    const next = async () => (await who.get('/dojo').expect(200)).body.next;
    expect(await next()).toMatchObject({
      kind: 'exam',
      module: 'white',
      part: 'white-exam',
    });
    const attempt = await begin(who);
    expect(await next()).toMatchObject({ kind: 'exam' });
    await submit(who, attempt, true);
    expect(await next()).toMatchObject({ kind: 'exam-lab', part: 'exam-lab' });
    const { body } = await who.get('/belts/white/labs/exam-lab').expect(200);
    expect(body).toMatchObject({ module: null, belt: { title: 'White' } });
  });
});
