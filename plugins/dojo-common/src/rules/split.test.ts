import { curriculumWithLab } from './__testUtils__/smallCurriculum';
import { lintCurriculum } from './lint/lint';
import { beside } from './content/files';
import { splitCurriculum } from './split';

const split = () =>
  splitCurriculum(lintCurriculum(curriculumWithLab()).curriculum);

it('leaves nothing that grades in what is shown', () => {
  const { published, keys, labKeys } = split();
  expect(JSON.stringify(keys)).toMatch(/SECRET/);
  expect(JSON.stringify(labKeys)).toMatch(/secret-api.*SECRET-page/);
  expect(JSON.stringify(published)).not.toMatch(
    /SECRET|secret|Which|tolerance|"key"|params|"fix"/,
  );
});

it('says how many are drawn, and what they are worth', () => {
  const [module] = split().published.modules;
  expect(module).toMatchObject({ belt: 'white', optional: false, minutes: 10 });
  expect(module.quizzes).toMatchObject([
    { questions: 3, total: 2, required: 2, gate: true },
  ]);
  expect(module.labs).toMatchObject([
    {
      markdown: 'Find out.\n',
      attribution: 'actor',
      total: 4,
      required: 4,
      gate: true,
      checks: [
        { id: 'answer', type: 'answer-live', points: 3, required: true },
        { id: 'seen', type: 'visited', points: 1, required: false },
      ],
    },
  ]);
});

it('leads nowhere outside of the folder', () => {
  expect(beside('modules/one/lessons/a.md', '../b.svg')).toBe(
    'modules/one/b.svg',
  );
  expect(beside('a.md', '../../etc/passwd')).toBe('');
});
