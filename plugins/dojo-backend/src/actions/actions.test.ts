import { TestDatabases } from '@backstage/backend-test-utils';
import { curriculumWithExam } from '../__testUtils__/labWorld';
import { folderOf, startDojo, type TestDojo } from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const LESSON = `---
title: Whose is this?
minutes: 5
---

Everything in the catalog has an owner.
`;

let dojo: TestDojo;
let remove: () => Promise<void>;

beforeAll(async () => {
  const files = curriculumWithExam();
  const module = files.get('modules/one/module.yaml')!;
  files.set(
    'modules/one/module.yaml',
    module.replace('durationMinutes: 5', 'durationMinutes: 10'),
  );
  files.set('modules/one/lessons/01-owner.md', LESSON);
  const folder = await folderOf(files);
  remove = folder.remove;
  dojo = await startDojo(await databases.init('SQLITE_3'), [folder.folder]);
});
afterAll(() => remove());
beforeEach(() => dojo.policy.clear());

const ALL = {
  'find-dojo-lessons': { words: 'OWNER catalog' },
  'get-dojo-belt': { belt: 'white' },
  'get-dojo-next-step': {},
};

async function invoke(who: TestDojo['me'], name: string, input: object) {
  const { status, body } = await who.post(
    `/.backstage/actions/v1/actions/dojo:${name}/invoke`,
    input,
  );
  return { status, output: body.output };
}

it('are read-only, all of them', async () => {
  const { body } = await dojo.service
    .get('/.backstage/actions/v1/actions')
    .expect(200);
  const found = body.actions.map(
    ({ name, attributes }: { name: string; attributes: object }) => [
      name,
      attributes,
    ],
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(
      Object.keys(ALL).map(name => [
        name,
        { readOnly: true, destructive: false, idempotent: true },
      ]),
    ),
  );
});

it.each(Object.entries(ALL))(
  '%s asks whether the person behind it may read',
  async (name, input) => {
    expect((await invoke(dojo.me, name, input)).status).toBe(200);
    expect((await invoke(dojo.nobody, name, input)).status).toBe(401);
    dojo.policy.set('dojo.read', 'deny');
    expect((await invoke(dojo.me, name, input)).status).toBe(403);
  },
);

it('find lessons and say what is left, and nothing of a check', async () => {
  const find = (words: string) =>
    invoke(dojo.me, 'find-dojo-lessons', { words });
  expect((await find('OWNER catalog')).output).toEqual({
    lessons: [
      {
        module: 'One',
        title: 'Whose is this?',
        minutes: 5,
        path: expect.stringMatching(/^\/dojo\/modules\/one\/lessons\/\w+/),
      },
    ],
  });
  for (const words of ['SECRET-exam', 'Which one of', 'owner nothing']) {
    expect((await find(words)).output).toEqual({ lessons: [] });
  }
  const { output } = await invoke(dojo.me, 'get-dojo-belt', { belt: 'white' });
  expect(output).toMatchObject({
    title: 'White',
    awardedAt: null,
    left: [
      { kind: 'module', title: 'One' },
      { kind: 'exam', title: 'The exam', have: 0, need: 8 },
    ],
  });
  const none = await invoke(dojo.me, 'get-dojo-belt', { belt: 'none' });
  expect(none.status).toBe(404);
});
