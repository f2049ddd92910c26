import { smallCurriculum } from './__testUtils__/smallCurriculum';
import { lintCurriculum } from './lint/lint';
import { beside, splitCurriculum } from './split';

const split = () =>
  splitCurriculum(lintCurriculum(smallCurriculum()).curriculum);

it('leaves nothing that grades in what is shown', () => {
  const { published, keys } = split();
  expect(JSON.stringify(keys)).toMatch(/SECRET/);
  expect(JSON.stringify(published)).not.toMatch(
    /SECRET|secret|Which|tolerance|"key"/,
  );
});

it('says how many are drawn, and what they are worth', () => {
  const [module] = split().published.modules;
  expect(module).toMatchObject({ belt: 'white', optional: false, minutes: 10 });
  expect(module.quizzes).toMatchObject([
    { questions: 3, total: 2, required: 2, gate: true },
  ]);
});

it('leads nowhere outside of the folder', () => {
  expect(beside('modules/one/lessons/a.md', '../b.svg')).toBe(
    'modules/one/b.svg',
  );
  expect(beside('a.md', '../../etc/passwd')).toBe('');
});
