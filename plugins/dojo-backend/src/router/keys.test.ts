import { TestDatabases } from '@backstage/backend-test-utils';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import type {
  Question,
  QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { solver } from '../__testUtils__/solver';
import { startDojo, type TestDojo } from '../__testUtils__/testDojo';
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
  const dojo = await startDojo(await databases.init('SQLITE_3'));
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
    expect(leaks()).toEqual([]);
    // Neither is what a learner is not shown in any other form.
    const texts = said.map(({ text }) => text).join('\n');
    expect(texts).not.toMatch(
      /"(key|tolerance|pattern|explanation|partial|caseSensitive)"/,
    );
  }
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

  const document = JSON.stringify(openApiDocument());
  const others = JSON.stringify([dojo.audits, dojo.signals, dojo.announced]);
  for (const text of explanations) {
    expect(document).not.toContain(text);
    expect(others).not.toContain(text);
  }
});
