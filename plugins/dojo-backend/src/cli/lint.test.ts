import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  lintCurriculum,
  poolsOf,
  readMarkdown,
  type Finding,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { folderOf, OURS } from '../__testUtils__/testDojo';
import { readFolder } from '../content/fileSource';
import { lint } from './lint';

/** Whoever does one of them to its end says when, and takes it out of here. */
const UNDONE = [
  'belts/labs/exam-new-version.yaml',
  'belts/labs/exam-way-back.yaml',
  'belts/labs/exam-whom-to-ask.yaml',
  'modules/first-deployment/labs/deploy-and-see.yaml',
  'modules/gitops-principles/labs/declare-and-go-back.yaml',
];

describe('our own curriculum', () => {
  it('has a lock that knows every id, and nothing the linter finds but labs that nobody did yet', async () => {
    const { code, text } = await lint([
      OURS,
      '--immutable',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    const found: Finding[] = JSON.parse(text);
    expect(found.map(({ rule, path }) => [rule, path])).toEqual(
      UNDONE.map(path => ['lab-stale', path]),
    );
  });

  it('is as good as it is meant to be', async () => {
    const { curriculum } = lintCurriculum(await readFolder(OURS));
    const singles = [];
    for (const { value, quizzes, lessons } of curriculum.modules) {
      const questions = quizzes
        .flatMap(quiz => poolsOf(quiz.value))
        .flatMap(pool => pool.questions);
      expect(questions.length).toBeGreaterThanOrEqual(12);
      expect(questions.some(({ type }) => type === 'open')).toBe(true);
      for (const { markdown, value: head, path } of lessons) {
        const words = markdown.split(/\s+/).length;
        expect([path, Number(head.minutes)]).toEqual([
          path,
          Math.ceil(words / 130),
        ]);
        expect(markdown).toMatch(
          /## The misconception this lesson ends\n\n> _[^_]+_/,
        );
      }
      for (const question of questions) {
        if (question.type === 'single') singles.push(question);
        // A lesson for each question, and a question for most lessons.
        expect(lessons.map(({ name }) => name)).toContain(question.section);
      }
      expect(value.objectives.length).toBeGreaterThan(2);
    }
    const length = (text: string) => readMarkdown(text).plain.length;
    const longest = singles.filter(({ options, key }) => {
      const own = length(options.find(({ id }) => id === key)!.text);
      return options.every(({ text }) => length(text) <= own);
    });
    expect(longest.length / singles.length).toBeLessThanOrEqual(0.3);
    const places = [0, 0, 0];
    for (const { options, key } of singles)
      places[options.findIndex(({ id }) => id === key)]++;
    expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
  });

  it('tells every picture in words, inside of it or beside it', async () => {
    const { curriculum } = lintCurriculum(await readFolder(OURS));
    const images = curriculum.modules.flatMap(({ lessons }) =>
      lessons.flatMap(({ markdown }) => readMarkdown(markdown).images),
    );
    expect(images.length).toBe(curriculum.pictures.size);
    expect(images.every(({ alt }) => alt.length > 60)).toBe(true);
  });
});

describe('yarn dojo lint', () => {
  it('says what is wrong, as text or as JSON, and fails', async () => {
    const { folder, remove } = await folderOf([['dojo.yaml', 'kind: Nothing']]);
    const { code, text } = await lint([folder]);
    expect(code).toBe(1);
    expect(text).toMatch(/^dojo\.yaml:1 error schema: apiVersion/);
    expect(text).toMatch(/\n(1 error|\d+ errors), 0 warnings\.\n$/);
    const json = await lint([folder, '--format', 'json']);
    expect(JSON.parse(json.text)[0]).toMatchObject({
      rule: 'schema',
      path: 'dojo.yaml',
      line: 1,
    });
    await remove();
  });

  it('writes new ids into the lock, unless it must not', async () => {
    const files = new Map(await readFolder(OURS));
    const lock = files.get('ids.lock')!;
    files.delete('ids.lock');
    const { folder, remove } = await folderOf(files);
    expect((await lint([folder, '--immutable'])).code).toBe(1);
    expect((await lint([folder])).code).toBe(0);
    const written = await readFile(join(folder, 'ids.lock'), 'utf8');
    expect(written.split('\n').sort()).toEqual(lock.split('\n').sort());
    await remove();
  });

  it.each([[[]], [['a', 'b']], [['a', '--wrong']], [['a', '--format', 'xml']]])(
    'explains itself to %j',
    async args => {
      expect(await lint(args)).toMatchObject({
        code: 2,
        text: expect.stringContaining('yarn dojo lint'),
      });
    },
  );
});
