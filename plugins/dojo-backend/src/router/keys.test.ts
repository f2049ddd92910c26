import { TestDatabases } from '@backstage/backend-test-utils';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import type {
  Question,
  QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  labCatalog,
  labDelivery,
  labProvisioning,
  metricsOf,
} from '../__testUtils__/labWorld';
import { solver } from '../__testUtils__/solver';
import {
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';
import { openApiDocument } from './openapi';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const WHO = 'user:default/learner';

/** Every text that tells how something is graded, with the question it is of. */
async function keySide(dojo: TestDojo) {
  const [row] = await dojo.db('revision_keys').select('keys');
  const questions = Object.values<QuizKeys>(JSON.parse(row.keys)).flatMap(
    ({ pools }) => pools.flatMap(pool => pool.questions),
  );
  return { questions, explanations: questions.flatMap(explanationsOf) };
}

function explanationsOf(question: Question): string[] {
  return 'explanation' in question
    ? [question.explanation]
    : question.options.map(({ explanation }) => explanation);
}

it('never tells what grades: in no answer of any route, in any state of an attempt', async () => {
  const dojo = await startDojo(await databases.init('SQLITE_3'), undefined, {
    catalog: labCatalog(),
    delivery: labDelivery({ metrics: () => metricsOf({ failed: 7 }) }),
    provisioning: labProvisioning(),
  });
  const solve = await solver(dojo.db);
  const { explanations, questions } = await keySide(dojo);
  expect(explanations.length).toBeGreaterThan(100);
  const me = dojo.person(WHO);
  const said: Array<{ route: string; text: string }> = [];
  const note = (route: string, { text }: { text: string }) => {
    said.push({ route, text });
    return JSON.parse(text || 'null');
  };
  /** What is neither shown before a pass nor after it to somebody else. */
  const leaks = (allowed: ReadonlySet<string> = new Set()) =>
    said.flatMap(({ route, text }) =>
      explanations
        .filter(
          each =>
            !allowed.has(each) &&
            text.includes(JSON.stringify(each).slice(1, -1)),
        )
        .map(each => ({ route, each })),
    );

  const overview = note('getDojo', await me.get('/dojo').expect(200));
  const slugs: string[] = overview.curricula[0].belts[0].modules.map(
    ({ slug }: { slug: string }) => slug,
  );
  for (const slug of slugs) {
    const module = note(
      'getModule',
      await me.get(`/modules/${slug}`).expect(200),
    );
    for (const { name } of module.lessons) {
      note(
        'getLesson',
        await me.get(`/modules/${slug}/lessons/${name}`).expect(200),
      );
      note(
        'openLesson',
        await me
          .post('/lessons/opened', { module: slug, lesson: name })
          .expect(204),
      );
      note(
        'finishLesson',
        await me
          .post('/lessons/finished', { module: slug, lesson: name })
          .expect(204),
      );
    }
    const quiz = module.quizzes[0].id;
    const start = async () =>
      note('startAttempt', await me.post('/attempts', { quiz }).expect(201));
    const failing = await start();
    note('getAttempt', await me.get(`/attempts/${failing.id}`).expect(200));
    note(
      'saveAttempt',
      await me
        .put(`/attempts/${failing.id}/answers`, {
          seq: 1,
          answers: solve(failing, false),
        })
        .expect(200),
    );
    // Refusals are answers too.
    note(
      'saveAttempt',
      await me.put(`/attempts/${failing.id}/answers`, {
        seq: 2,
        answers: [
          { item: failing.items[0].id, answer: { type: 'open', text: 'x' } },
        ],
      }),
    );
    const failed = note(
      'submitAttempt',
      await me
        .post(`/attempts/${failing.id}/submit`, {
          seq: 3,
          answers: solve(failing, false),
        })
        .expect(200),
    );
    expect(failed.result.passed).toBe(false);
    note('startAttempt', await me.post('/attempts', { quiz }).expect(409));
    for (const { name } of failed.result.missed) {
      await me
        .post('/lessons/opened', { module: slug, lesson: name })
        .expect(204);
    }
    for (const { id: lab, slug: labSlug } of module.labs) {
      const path = `/modules/${slug}/labs/${labSlug}`;
      note('getLab', await me.get(path).expect(200));
      const run = note('startRun', await me.post('/runs', { lab }).expect(201));
      // Looked at with nothing typed in, and with what is wrong.
      const answers = run.steps.flatMap(
        ({ id: step, asks }: { id: string; asks: string | null }) =>
          asks ? [{ step, text: asks === 'number' ? '77' : 'nobody' }] : [],
      );
      note(
        'checkRun',
        await me.post(`/runs/${run.id}/check`, { answers }).expect(200),
      );
      note('checkRun', await me.post(`/runs/${run.id}/check`, {}).expect(429));
      note('getRun', await me.get(`/runs/${run.id}`).expect(200));
      for (const { id: step } of run.steps) {
        note('visitStep', await me.post(`/runs/${run.id}/visits`, { step }));
      }
      note('getLab', await me.get(path).expect(200));
    }
    expect(leaks()).toEqual([]);
    // Neither what a lab looks for, nor what it compares with.
    const told = said
      .filter(({ route }) => /Lab|Run|visitStep/.test(route))
      .map(({ text }) => text)
      .join('\n');
    expect(told).not.toMatch(/secret.?owners|"(kept|subjects|fact)"|17\.5/i);
    // Neither is what a learner is not shown in any other form.
    const texts = said.map(({ text }) => text).join('\n');
    expect(texts).not.toMatch(
      /"(key|tolerance|pattern|explanation|partial|caseSensitive)"/,
    );
  }
  await tellExam({ me, service: dojo.service }, note, solve);
  expect(leaks()).toEqual([]);
  const ids = questions.map(({ id }) => id);
  const all = said.map(({ text }) => text).join('\n');
  expect(ids.filter(id => all.includes(id))).toEqual([]);
  expect(new Set(said.map(({ route }) => route))).toEqual(
    new Set(Object.keys(dojoRoutes)),
  );

  // After a pass: of what this person chose, and of nothing else.
  const { body: module } = await me.get(`/modules/${slugs[1]}`);
  const { body: last } = await me
    .post('/attempts', { quiz: module.quizzes[0].id })
    .expect(201);
  const passed = note(
    'submitAttempt',
    await me
      .post(`/attempts/${last.id}/submit`, {
        seq: 1,
        answers: solve(last, true),
      })
      .expect(200),
  );
  expect(passed.result.passed).toBe(true);
  const drawn = questions.filter(({ stem }) =>
    last.items.some((item: { stem: string }) => item.stem === stem),
  );
  const mayBeSaid = new Set(
    drawn.flatMap(question =>
      'explanation' in question
        ? [question.explanation]
        : question.options
            .filter(({ id }) => [question.key].flat().includes(id))
            .map(({ explanation }) => explanation),
    ),
  );
  expect(leaks(mayBeSaid)).toEqual([]);
  expect(leaks().length).toBeGreaterThan(5);

  const logged = JSON.stringify(dojo.audits);
  expect(logged).not.toMatch(/find-owner|read-figures|passed|failed_|nobody/);
  const document = JSON.stringify(openApiDocument());
  const others = JSON.stringify([dojo.audits, dojo.signals, dojo.announced]);
  for (const text of explanations) {
    expect(document).not.toContain(text);
    expect(others).not.toContain(text);
  }
});

/** Has everything told that routes tell of a belt, its exam, and certificates. */
async function tellExam(
  { me, service }: { me: Asker; service: Asker },
  note: (route: string, answer: { text: string }) => any,
  solve: Awaited<ReturnType<typeof solver>>,
): Promise<void> {
  const belt = note('getBelt', await me.get('/belts/white').expect(200));
  const quiz = belt.exam.id;
  const attempt = note(
    'startAttempt',
    await me.post('/attempts', { quiz }).expect(201),
  );
  const path = `/attempts/${attempt.id}`;
  const answers = solve(attempt, false);
  const given = (seq: number) => ({ seq, answers });
  note('saveAttempt', await me.put(`${path}/answers`, given(1)).expect(200));
  note('getAttempt', await me.get(path).expect(200));
  note('submitAttempt', await me.post(`${path}/submit`, given(2)).expect(200));
  note('getAttempt', await me.get(path).expect(200));
  note('startAttempt', await me.post('/attempts', { quiz }).expect(409));
  for (const { slug } of belt.exam.labs) {
    const lab = `/belts/white/labs/${slug}`;
    note('getExamLab', await me.get(lab).expect(200));
  }
  note('listTexts', await service.get('/texts').expect(200));
  note('getMine', await me.get('/mine').expect(200));
  note('exportMine', await me.get('/mine/export').expect(200));
  const choices = { showBelts: true, showName: true };
  note('changeChoices', await me.put('/mine/choices', choices).expect(200));
  note('askErasure', await me.post('/mine/erasure', {}).expect(204));
  note('cancelErasure', await me.post('/mine/erasure/cancel').expect(204));
  note('getTeams', await me.get('/teams').expect(200));
  const group = 'group:default/none';
  note('lookAtTeam', await me.post('/teams/look', { group }).expect(403));
  note('getCertificateFile', await me.get('/awards/none/file?kind=json'));
  note('listRevocations', await me.get('/revocations').expect(200));
  const proposal = { credential: 'none', reason: 'Something was forged' };
  note('proposeRevocation', await me.post('/revocations', proposal));
  note('confirmRevocation', await me.post('/revocations/none/confirm'));
  note('getBelt', await me.get('/belts/white').expect(200));
}
